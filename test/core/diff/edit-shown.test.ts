// How one edit is shown: side by side where it is short, in lines where it is long.
import assert from "node:assert/strict";
import { editView, objectLines } from "../../../core/diff/edit-view.ts";
import type { ClassifiedEdit } from "../../../core/diff/object-change.ts";
import { pathText } from "../../../core/diff/path.ts";

function shown(edit: ClassifiedEdit): readonly (string | undefined)[] {
  const { body } = editView(edit);
  if (body.form === "inline") return ["inline", body.before, body.after];
  return [body.note ?? "lines", ...body.lines.map(({ sign, text }) => `${sign}${text}`)];
}
const path = ["data", "a"];
const changed = (before: unknown, after: unknown): ClassifiedEdit => {
  return { kind: "changed", path, before, after };
};
const long = "x".repeat(120);

const rows: readonly (readonly [
  what: string,
  edit: ClassifiedEdit,
  ...shown: (string | undefined)[],
])[] = [
  ["a number", changed(1, 2), "inline", "1", "2"],
  ["a text that is a number", changed(1, "1"), "inline", "1", '"1"'],
  ["nothing at all", changed(null, ""), "inline", "null", '""'],
  ["what comes", { kind: "added", path, after: "b" }, "inline", undefined, "b"],
  ["what goes", { kind: "removed", path, before: "b" }, "inline", "b", undefined],
  ["a mapping of one key", { kind: "added", path, after: { b: 1 } }, "inline", undefined, "b: 1"],
  ["a mapping of two", { kind: "added", path, after: { b: 1, c: 2 } }, "lines", "+b: 1", "+c: 2"],
  [
    "a list of two that goes",
    { kind: "removed", path, before: ["b", "c"] },
    "lines",
    "-- b",
    "-- c",
  ],
  [
    "another order",
    { kind: "reordered", path, before: ["b", "c"], after: ["c", "b"] },
    ...["other order", "-- b", " - c", "+- b"],
  ],
  ["the longest that stands in a line", changed(long.slice(1), "b"), "inline", long.slice(1), "b"],
  ["one longer", changed(`${long}y`, "b"), "lines", `-${long}y`, "+b"],
  ["a text of lines", changed("b\nc\n", "b\nd\n"), "lines", " b", "-c", "+d"],
  [
    "a text that ends now",
    changed("b\nc", "b\nc\n"),
    "lines",
    " b",
    " c",
    "-… no line break at the end",
  ],
  [
    "a text that ends no more",
    changed("b\nc\n", "b\nc"),
    "lines",
    " b",
    " c",
    "+… no line break at the end",
  ],
  ["a text of lines that comes to nothing", changed("b\nc", ""), "lines", "-b", "-c", '+""'],
  ["a text of lines that becomes a list", changed("b\nc", ["b"]), "lines", "-b", "-c", "+- b"],
  ["blanks at the end", changed("b ", "b"), "inline", '"b "', '"b"'],
  ["a letter of another script", changed("a", "\u0430"), "inline", '"a"', '"\\u0430"'],
  ["another script where nothing is like it", changed("ab", "\u0431"), "inline", "ab", "\u0431"],
  [
    "what nobody sees, alone",
    { kind: "added", path, after: "\u200b" },
    "inline",
    undefined,
    '"\\u200b"',
  ],
];

describe("an edit as it is shown", () => {
  for (const [what, edit, ...lines] of rows) {
    it(`tells ${what}`, () => assert.deepEqual(shown(edit), lines));
  }

  it("has its path and class", () => {
    const { path: at, noise } = editView({ ...changed(1, 2), noise: "order" });
    assert.deepEqual([at, noise], ["data.a", "order"]);
  });

  it("is a whole object, line by line", () => {
    assert.deepEqual(objectLines({ a: 1, b: [2] }, "-"), [
      { sign: "-", text: "a: 1" },
      { sign: "-", text: "b:" },
      { sign: "-", text: "  - 2" },
    ]);
  });
});

describe("the text of a path", () => {
  const paths: readonly (readonly [Parameters<typeof pathText>[0], string])[] = [
    [["spec", { item: "api" }, "image"], "spec[api].image"],
    [["metadata", "labels", "helm.sh/chart"], 'metadata.labels["helm.sh/chart"]'],
    [["a-b", "$c", "_d1"], "a-b.$c._d1"],
    [["a", "1b"], 'a["1b"]'],
    [["a", "b c"], 'a["b c"]'],
    [["a", ""], 'a[""]'],
    [["a", { item: "x\u200b" }], 'a["x\\u200b"]'],
    [["a.b"], '["a.b"]'],
  ];
  for (const [of, text] of paths) it(`is ${text}`, () => assert.equal(pathText(of), text));
});
