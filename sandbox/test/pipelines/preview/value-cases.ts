// What template expressions give: ../shared/cases/pipelines/1-values.md and its kind.
import type { PreviewCase } from "./preview-case.ts";

const echo = "steps: [{ script: echo }]\n";
const object = (name: string, value: string) =>
  `parameters: [{ name: ${name}, type: object, default: ${value} }]\n`;
/** One variable for each expression, `v0`, `v1`, …, and what they give. */
const values = (it: string, before: string, expected: Readonly<Record<string, string>>) => {
  const lines = Object.keys(expected).map((text, at) => `  - { name: v${at}, value: "${text}" }\n`);
  const given = Object.values(expected).map((value, at) => [`v${at}`, value] as const);
  const yaml = `${before}variables:\n${lines.join("")}${echo}`;
  return { it, yaml, variables: Object.fromEntries(given) };
};

export const valueCases: readonly PreviewCase[] = [
  {
    it: "01 print booleans as True and False, as a key too",
    yaml: `parameters: [{ name: canary, type: boolean, default: true }]
variables:
  text: \${{ parameters.canary }}
  compared: \${{ eq(2, 2) }}
  \${{ parameters.canary }}: key
steps: [{ script: "echo \${{ not(true) }}" }]
`,
    variables: { text: "True", compared: "True", True: "key" },
    scripts: ["echo False"],
  },
  values("02-03 leave a text whole at the empty text", "", {
    "${{ replace('abc', '', 'x') }}": "abc",
    "${{ join('+', split('xyz', '')) }}": "xyz",
    "${{ join('+', split('a,b,,c', ',')) }}": "a+b++c",
    "${{ replace('a$b', '$', '$&') }}": "a$&b",
  }),
  values("04 compare keys of an object exactly", object("image", "{ repositoryName: api }"), {
    "[${{ parameters.image.repositoryname }}]": "[]",
    "[${{ parameters.image['RepositoryName'] }}]": "[]",
    "[${{ parameters.image.repositoryName }}]": "[api]",
  }),
  values("05 find variables whatever their case, those above in the same block", "", {
    seven: "seven",
    "${{ variables.V0 }}": "seven",
    "${{ variables['v1'] }}!": "seven!",
    "[${{ variables.v9 }}]": "[]",
  }),
  {
    it: "05 see the variables above in a mapping too",
    yaml: `variables:\n  one: "1"\n  two: \${{ variables.ONE }}2\n${echo}`,
    variables: { one: "1", two: "12" },
  },
  {
    it: "06 walk keys in their order, whole numbers too",
    yaml: `${object("ports", "{ '443': tls, '80': plain, '8080': admin }")}steps:
  - \${{ each port in parameters.ports }}:
      - script: echo \${{ port.key }} \${{ port.value }}
`,
    scripts: ["echo 443 tls", "echo 80 plain", "echo 8080 admin"],
  },
  {
    it: "07 keep a key whose value is missing",
    yaml: 'steps:\n  - script: env\n    env: { NOTHING: "${{ variables.none }}", A: "${{ coalesce(\'\', variables.none) }}" }\n',
    env: { NOTHING: "", A: "" },
  },
  values(
    "08 read null as an empty text, and leave out what is not there",
    object("rows", "[{ id: 1 }, { id: null }, { other: 2 }, text]"),
    { "${{ convertToJson(parameters.rows.*.id) }}": '[\n  1,\n  ""\n]' },
  ),
  {
    it: "09 keep blanks around a lone expression",
    yaml: "steps:\n  - script: env\n    env: { PADDED: \"  ${{ 'x' }}  \" }\n",
    env: { PADDED: "  x  " },
  },
  {
    it: "10 read an object from text when a run is queued",
    yaml: `${object("settings", "{}")}steps: [{ script: "echo \${{ parameters.settings.level }}" }]\n`,
    given: { settings: '{"level": 3}' },
    scripts: ["echo 3"],
  },
  values("11 look for a value by its kind", object("builds", '{ first: "007", second: "x" }'), {
    "${{ containsValue(parameters.builds, 7) }}": "True",
    "${{ containsValue(parameters.builds, '7') }}": "False",
    "${{ containsValue(parameters.builds, 'X') }}": "True",
    "${{ in(7, '7.0', 'x') }}": "True",
  }),
  values("12 join a scalar to itself", "", { "${{ join('-', 12) }}": "12" }),
  values("count in decimals of 28 digits, and write seven places", object("one", "{ n: 0.100 }"), {
    "${{ eq(9007199254740993, '9007199254740992') }}": "False",
    "${{ lt(0.1, '0.10000000000000000000000001') }}": "True",
    "${{ format('{0}', 12345678901234567890.12345675) }}": "12345678901234567890.1234568",
    "${{ parameters.one.n }}": "0.100",
    "n${{ parameters.one.n }}": "n0.1",
  }),
  values(
    "count every digit of a number to the base of sixteen",
    object("one", "{ n: 0x20000000000001, most: 0x1000000000000000000000000 }"),
    {
      "${{ eq(parameters.one.n, 9007199254740993) }}": "True",
      "${{ eq(parameters.one.most, 0) }}": "False",
    },
  ),
  values("work out no more than is asked for", "", {
    "${{ in(1, 1, lt(1, 'x')) }}": "True",
    "${{ notIn(1, 1, lt(1, 'x')) }}": "False",
    "${{ upper('straße') }}": "STRAßE",
  }),
  values("13 cut the fraction of an index", object("names", "[zero, one, two]"), {
    "${{ parameters.names[1.9] }}": "one",
    "${{ parameters.names['2'] }}": "two",
    "[${{ parameters.names[7] }}]": "[]",
    "${{ parameters.names[''] }}": "zero",
  }),
  values("compare with the kind of the left side", "", {
    "${{ eq(true, 'false') }}": "True",
    "${{ eq('true', true) }}": "True",
    "${{ eq(7, '007') }}": "True",
    "${{ eq('7', 7.0) }}": "True",
    "${{ eq(1, 'one') }}": "False",
    "${{ eq(variables.none, '') }}": "True",
    "${{ eq('', variables.none) }}": "True",
    "${{ ge('b', 'A') }}": "True",
    "${{ lt(1.2.3, '1.10.0') }}": "True",
    "${{ eq(1.2.3, '1.2.3') }}": "True",
    "${{ gt(2, '1,000') }}": "False",
  }),
  values("write numbers as decimals", "", {
    "${{ 1.50 }}": "1.5",
    "${{ -0.25 }}": "-0.25",
    "${{ format('{0}', 1234567.125) }}": "1234567.125",
    "${{ length('four') }}": "4",
  }),
  values("fill forms", "", {
    "${{ format('{{0}} {0}-{1}', 'a', true) }}": "{0} a-True",
    "${{ format('{0}{0}', 'x') }}": "xx",
  }),
  values("keep the spelling of what stands alone", object("one", "{ n: 007, b: true, v: 1.10 }"), {
    "${{ parameters.one.n }}": "007",
    "${{ parameters.one.v }}": "1.10",
    "${{ parameters.one.b }}": "true",
  }),
  values("keep every digit of a whole number", object("one", "{ n: 12345678901234567890 }"), {
    "n${{ parameters.one.n }}": "n12345678901234567890",
    "${{ convertToJson(parameters.one) }}": '{\n  "n": 12345678901234567890\n}',
  }),
  values("lay JSON out", object("one", "{ a: [1, x, true], b: {}, c: [] }"), {
    "${{ convertToJson(parameters.one) }}":
      '{\n  "a": [\n    1,\n    "x",\n    true\n  ],\n  "b": {},\n  "c": []\n}',
  }),
];
