// What pipelines in use show: forms that public repositories run every day, in our own words.
import type { PreviewCase } from "./preview-case.ts";

const hundredTimes = (include: (index: number) => string) =>
  `steps:\n${Array.from({ length: 110 }, (_, index) => `  - template: ${include(index)}\n`).join("")}`;
const long = (length: number) =>
  `steps:\n  - script: "\${{ 'a' }}\${{ 'b' }}${"x".repeat(length)}"\n`;
const step = (script: string) => `steps: [{ script: ${script} }]\n`;
const inMany = Object.fromEntries(
  Array.from({ length: 110 }, (_, index) => [`many/${index}.yml`, step("x")]),
);
const keys = `parameters: [{ name: row, type: object, default: {} }]
steps:
  - script: "\${{ parameters.row.TestSets }} \${{ parameters.row['testsets'] }}"
  - \${{ each pair in parameters.row }}:
      - script: "\${{ pair.KEY }}"
`;

export const foundCases: readonly PreviewCase[] = [
  {
    it: "one template more than a hundred times",
    yaml: hundredTimes(() => "found-one.yml"),
    files: { "found-one.yml": step("x") },
    scripts: Array.from({ length: 110 }, () => "x"),
  },
  {
    it: "more than a hundred files",
    yaml: hundredTimes((index) => `many/${index}.yml`),
    files: inMany,
    refused: /The maximum file count of 100 has been exceeded/,
  },
  {
    it: "jobs of a matrix whose names are no names",
    yaml: "strategy: { matrix: { v2-linux: { a: b }, Offline(5/5/5): { a: c }, 3.0-amd64: { a: d } } }\nsteps: []\n",
    at: {
      "stages.0.jobs.0.strategy.matrix": {
        "v2-linux": { a: "b" },
        "Offline(5/5/5)": { a: "c" },
        "3.0-amd64": { a: "d" },
      },
    },
  },
  {
    it: "a resource with a point in its name",
    yaml: `resources: { containers: [{ container: Tools.Build, image: x }] }\n${step("x")}`,
    at: { "resources.containers.0.container": "Tools.Build" },
  },
  {
    it: "a mapping in brackets that a list leaves without any",
    yaml: "jobs:\n  - job: a\n    variables: [template: found-v.yml]\n    steps: []\n",
    files: { "found-v.yml": "variables: { a: b }\n" },
    at: { "stages.0.jobs.0.variables": [{ name: "a", value: "b" }] },
  },
  {
    it: "jobs in a template of phases",
    yaml: "phases:\n  - template: found-jobs.yml\n",
    files: { "found-jobs.yml": "jobs: [{ job: a, steps: [{ script: x }] }]\n" },
    scripts: ["x"],
  },
  {
    it: "keys that a template is given are found whatever their case",
    yaml: "steps:\n  - { template: keys.yml, parameters: { row: { testSets: 3 } } }\n",
    files: { "keys.yml": keys },
    scripts: ["3 3", "testSets"],
  },
  {
    it: "those of a run's own parameter too, once a template has them",
    yaml: "parameters: [{ name: row, type: object, default: { testSets: 4 } }]\nsteps:\n  - script: '[${{ parameters.row.testsets }}]'\n  - { template: keys.yml, parameters: { row: '${{ parameters.row }}' } }\n",
    files: { "keys.yml": keys },
    scripts: ["[]", "4 4", "testSets"],
  },
  {
    it: "what a template does not declare is nothing there",
    yaml: "steps:\n  - { template: undeclared.yml, parameters: { named: a } }\n",
    files: {
      "undeclared.yml":
        "parameters: [{ name: named }]\nsteps:\n  - script: '${{ parameters.named }}[${{ parameters.absent }}]'\n  - ${{ if eq(parameters.absent, 'true') }}:\n      - script: never\n",
    },
    scripts: ["a[]"],
  },
  {
    it: "a text with expressions as long as an expression may be",
    yaml: long(20_900),
    scripts: [`ab${"x".repeat(20_900)}`],
  },
  {
    it: "a longer one",
    yaml: long(21_000),
    refused: /Exceeded max expression length 21000/,
  },
  {
    it: "a number with a plus",
    yaml: "steps: [{ script: '${{ +1 }}' }]\n",
    refused: /Unrecognized value: '\+1'/,
  },
  {
    it: "a version in its plain form",
    yaml: "steps: [{ script: 'x${{ 01.02.3 }}' }]\n",
    scripts: ["x1.2.3"],
  },
  {
    it: "what a webhook sends, which a preview has not",
    yaml: "resources: { webhooks: [{ webhook: Hook, connection: e }] }\nsteps: [{ script: 'x${{ parameters.Hook.resource.title }}' }]\n",
    scripts: ["x"],
  },
  {
    it: "a function that no document names",
    yaml: "steps: [{ script: \"${{ substring('abc', 0, 1) }}\" }]\n",
    refused: /Unrecognized value: 'substring'/,
  },
  {
    it: "steps of nothing",
    yaml: "steps:\n",
    refused: /ci\.yml \(Line: 1, Col: \d+\): Unexpected value ''/,
  },
  {
    it: "variables of an empty text",
    yaml: "jobs:\n  - job: a\n    variables: ${{ variables.none }}\n    steps: []\n",
    refused: /Unexpected value ''/,
  },
  {
    it: "a job that waits for the empty text, as templates write it",
    yaml: "jobs:\n  - job: a\n    dependsOn: ''\n    steps: []\n",
    at: { "stages.0.jobs.0.job": "a" },
  },
  {
    it: "loops in loops in loops",
    yaml: `parameters: [{ name: n, type: object, default: [${Array.from({ length: 40 }, (_, n) => n).join(", ")}] }]
steps:
${[..."abcdef"].map((name, level) => `${"  ".repeat(level * 2)}- \${{ each ${name} in parameters.n }}:\n`).join("")}${" ".repeat(24)}- script: x
`,
    refused: /Maximum number of parsing events exceeded/,
  },
  {
    it: "a step's condition with names that only the agent can refuse",
    yaml: "steps: [{ script: x, condition: \"and(later('x'), eq(dependencies.a.result, 1))\" }]\n",
    scripts: ["x"],
  },
];
