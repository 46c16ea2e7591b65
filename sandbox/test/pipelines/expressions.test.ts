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
    ["1 + 1", /Unrecognized value: '\+'|Unexpected symbol: '\+'/],
  ] as const) {
    it(`refuse ${expression}`, () => {
      assert.throws(() => evaluate(expression, { names }), message);
    });
  }
});
