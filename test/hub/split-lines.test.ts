import assert from "node:assert/strict";
import fc from "fast-check";
import type { DiffLine, Sign } from "../../core/diff/line-diff.ts";
import { compareManifests } from "../../core/diff/compare-manifests.ts";
import { seenChanges } from "../../hub/view/changes-view.ts";
import { objectTree, rowText } from "../../hub/view/object-tree.ts";
import { splitLines } from "../../hub/view/split-lines.ts";

describe("a diff side by side", () => {
  it("loses no line, tells none twice and keeps the order of each side", () => {
    const line = fc.record({ sign: fc.constantFrom<Sign>("+", "-", " "), text: fc.string() });
    fc.assert(
      fc.property(fc.array(line), (lines: readonly DiffLine[]) => {
        const rows = splitLines(lines);
        const without = (sign: Sign) =>
          lines.filter((one) => one.sign !== sign).map(({ text }) => text);
        assert.deepEqual(
          rows.flatMap(({ left }) => left ?? []),
          without("+"),
        );
        assert.deepEqual(
          rows.flatMap(({ right }) => right ?? []),
          without("-"),
        );
        assert.ok(rows.every(({ isSame, left, right }) => !isSame || left === right));
      }),
    );
  });

  it("puts what came in the place of what went", () => {
    const lines: DiffLine[] = [
      { sign: "-", text: "a" },
      { sign: "-", text: "b" },
      { sign: "+", text: "c" },
      { sign: " ", text: "d" },
    ];
    assert.deepEqual(
      splitLines(lines).map(({ left, right }) => [left, right]),
      [
        ["a", "c"],
        ["b", undefined],
        ["d", "d"],
      ],
    );
  });
});

describe("the tree of objects", () => {
  it("has every object once, below its file or folder", () => {
    const object = (name: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\n`;
    const files = [
      { path: "b/10.yaml", text: `${object("x")}---\n${object("y")}` },
      { path: "b/9.yaml", text: object("z") },
    ];
    const compared = { others: [], wanted: [], unbuilt: [], ...compareManifests([], files) };
    const rows = objectTree(seenChanges(compared).view.objects);
    assert.deepEqual(
      rows.map((row) => (row.kind === "file" ? row.text : row.object.name)),
      ["b", "shop/z", "b/10.yaml", "shop/x", "shop/y"],
    );
  });

  it("is told of what it cannot show: what goes, and what only leaves git", () => {
    const gone = { change: "removed", isKept: false, risks: 0 } as const;
    assert.equal(rowText(gone, false), "removed");
    assert.equal(rowText({ ...gone, risks: 2 }, true), "removed, has a risk, viewed");
    assert.equal(rowText({ ...gone, isKept: true }, false), "leaves git, stays in the cluster");
  });
});
