// Items that nothing names are matched by what they hold.
import assert from "node:assert/strict";
import { editLines } from "./manifests.ts";
import { spec } from "./pair.ts";

const farm = spec("example.com/v1", "Farm");
const lines = (before: readonly unknown[], after: readonly unknown[]) => {
  const [old, next] = farm({ list: before }, { list: after });
  return editLines([old].flat(), [next].flat());
};

const rows: readonly (readonly [
  what: string,
  before: readonly unknown[],
  after: readonly unknown[],
  ...lines: readonly string[],
])[] = [
  ["the last one comes", ["a", "b"], ["a", "b", "c"], 'added spec.list[#3] +"c"'],
  ["the first one comes", ["a", "b"], ["c", "a", "b"], 'added spec.list[#1] +"c"'],
  ["one comes between", ["a", "b"], ["a", "c", "b"], 'added spec.list[#2] +"c"'],
  ["the first one goes", ["a", "b"], ["b"], 'removed spec.list[#1] -"a"'],
  ["one goes between", ["a", "b", "c"], ["a", "c"], 'removed spec.list[#2] -"b"'],
  ["one changes", ["a", "b", "c"], ["a", "x", "c"], 'changed spec.list[#2] -"b" +"x"'],
  [
    "two change places",
    ["a", "b"],
    ["b", "a"],
    ...['removed spec.list[#1] -"a"', 'added spec.list[#2] +"a"'],
  ],
  ["one of two equal ones goes", ["a", "a"], ["a"], 'removed spec.list[#2] -"a"'],
  ["all go", ["a"], [], 'removed spec.list[#1] -"a"'],
  ["all come", [], ["a", "b"], 'added spec.list[#1] +"a"', 'added spec.list[#2] +"b"'],
  [
    "much changes around what stays",
    ["a", "x", "b", "y", "c"],
    ["x", "d", "y", "e"],
    ...[
      'removed spec.list[#1] -"a"',
      'changed spec.list[#2] -"b" +"d"',
      'changed spec.list[#4] -"c" +"e"',
    ],
  ],
  [
    "a field of one changes",
    [{ x: 1, y: [1] }],
    [{ x: 1, y: [2] }],
    "changed spec.list[#1].y[#1] -1 +2",
  ],
];

describe("a list whose items nothing names", () => {
  for (const [what, before, after, ...said] of rows) {
    it(`tells that ${what}`, () => assert.deepEqual(lines(before, after), said));
  }

  it("is compared place by place where it is longer than anybody reads", () => {
    const many = (first: string) => Array.from({ length: 1_100 }, (_, at) => `${first}${at}`);
    const found = lines(["a", ...many("x"), "z"], ["a", ...many("y"), "z"]);
    assert.equal(found.length, 1_100);
    assert.equal(found[0], 'changed spec.list[#2] -"x0" +"y0"');
  });
});
