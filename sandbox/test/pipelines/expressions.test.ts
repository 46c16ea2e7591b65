import assert from "node:assert/strict";
import { evaluate } from "../../pipelines/expressions/evaluate.ts";
import type { Value } from "../../pipelines/expressions/values.ts";

const names = {
  variables: { "Build.Reason": "IndividualCI", empty: "", count: "10" },
  parameters: {
    flag: false,
    list: ["a", "b"],
    map: new Map<string, Value>([
      ["One", 1],
      ["two", "2"],
    ]),
    deep: { a: { name: "x" }, b: { name: "y" } },
    when: new Date("2026-11-25T07:05:00Z"),
    newYear: new Date("2026-01-01T00:00:00Z"),
  },
};

// The documents' rules: text without regard to case, the right side takes the left one's type.
const cases: readonly (readonly [expression: string, value: Value])[] = [
  ["eq(variables['build.reason'], 'individualci')", true],
  ["ne(variables['absent'], '')", false],
  ["eq(parameters.flag, 'False')", false],
  ["eq('False', parameters.flag)", true],
  ["eq(1, '1.0')", true],
  ["and(true, 'x', 1)", true],
  ["and(true, '')", false],
  ["or(false, 0, '', 'no')", true],
  ["not(eq('a', 'A'))", false],
  ["in('b', 'a', 'B')", true],
  ["notIn('b', 'a', 'c')", true],
  ["containsValue(parameters.list, 'B')", true],
  ["contains('Fluxgate', 'GATE')", true],
  ["startsWith('refs/heads/main', 'refs/heads/')", true],
  ["endsWith('a.yml', '.YML')", true],
  ["coalesce(variables.empty, variables.absent, 'last')", "last"],
  ["format('{1}-{0}', 'a', 2)", "2-a"],
  ["join(',', parameters.list)", "a,b"],
  ["length(parameters.list)", 2],
  ["replace('a-b-c', '-', '_')", "a_b_c"],
  ["parameters.map.One", 1],
  ["parameters.map.one", undefined],
  ["parameters.MAP['two']", "2"],
  ["lt(2, 10)", true],
  ["gt(variables.count, 9)", false],
  ["iif(parameters.flag, 'yes', 'no')", "no"],
  ["'it''s'", "it's"],
  ["trim('  a ')", "a"],
  ["length('abc')", 3],
  ["join(';', split('a,b', ','))", "a;b"],
  ["format('{{{0}}}', 'a')", "{a}"],
  ["format('{0:yyyyMMdd HHmm}', parameters.when)", "20261125 0705"],
  ["convertToJson(parameters.list)", '[\n  "a",\n  "b"\n]'],
  ["join(',', parameters.deep.*.name)", "x,y"],
  ["ge(1.10.0, '1.9.0')", true],
  ["ge('1.10.0', '1.9.0')", false],
  ["or(true, invent())", true],
  ["xor(true, false)", true],
  ["gt('abc', 1)", true],
  ["eq(0, 'text')", false],
  ["in('a', 'A', lt(1, 'x'))", true],
  ["parameters.list['']", "a"],
  ["upper('straße')", "STRAßE"],
  ["eq(9007199254740993, 9007199254740992)", false],
  ["lt(79228162514264337593543950334, '79228162514264337593543950335')", true],
  ["eq(0.1, '0.10')", true],
  [
    "format('{0} {1} {2}', 9007199254740993, 0.12345678, -.00000005)",
    "9007199254740993 0.1234568 -0.0000001",
  ],
  ["format('{0} {1}', 0.123456749, -0.123456749)", "0.1234567 -0.1234567"],
  ["eq(0.000000000000000000000000000049, 0)", true],
  ["format('{0}', '79228162514264337593543950335')", "79228162514264337593543950335"],
  ["parameters.list[0.99999999999999999999]", "a"],
  ["gt(parameters.when, '2026-11-25 07:04:59')", true],
  ["eq(parameters.when, '2026/11/25T08:05:00.0+01:00')", true],
  ["eq(parameters.when, 'tomorrow')", false],
  ["eq(parameters.newYear, '2026-01-01 00:00:00')", true],
  ["eq(parameters.newYear, '2025-13-01 00:00:00')", false],
];

describe("pipeline expressions", () => {
  for (const [expression, value] of cases) {
    it(`${expression} is ${JSON.stringify(value)}`, () => {
      assert.deepEqual(evaluate(expression, { names }), value);
    });
  }

  for (const [expression, message] of [
    ["eq(1", /Unclosed function: 'eq'/],
    ["nothing", /Unrecognized value: 'nothing'/],
    ["invent()", /Unrecognized value: 'invent'/],
    ["eq(1, 1) x", /Unexpected symbol: 'x'/],
    [
      "lt(parameters.when, 'tomorrow')",
      /Unable to convert from String to DateTime\. Value: 'tomorrow'/,
    ],
    ["eq(1, 79228162514264337593543950336)", /Unrecognized value: '79228162514264337593543950336'/],
    ["a'b'", /Unrecognized value: 'a'b''/],
    ["1 + 1", /Unrecognized value: '\+'|Unexpected symbol: '\+'/],
  ] as const) {
    it(`refuse ${expression}`, () => {
      assert.throws(() => evaluate(expression, { names }), message);
    });
  }
});
