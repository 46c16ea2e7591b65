import assert from "node:assert/strict";
import { compareTrees } from "../../core/diff/tree/compare-trees.ts";
import { bodiesOf } from "../../hub/view/bodies.ts";

const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: shop }\ndata:\n";
const of = (before: string | undefined, after: string) => {
  const file = (text: string) => [{ path: "c.yaml", text: `${head}${text}` }];
  const { objects } = compareTrees(before === undefined ? [] : file(before), file(after));
  return bodiesOf(objects);
};
const keys = (amount: number, value: string) =>
  Array.from({ length: amount }, (_, at) => `  k${at}: "${value}${at}"\n`).join("");

describe("what an opened object shows", () => {
  it("comes in parts that are all of its edits, each once", () => {
    const bodies = of(keys(120, "a"), keys(120, "b"));
    const seen: string[] = [];
    for (let from = 0; from < 120; from += 50) {
      const part = bodies.body({ object: "0", withNoise: false, from });
      assert.ok(part.form === "edits");
      assert.equal(part.total, 120);
      seen.push(...part.edits.map(({ path }) => path));
    }
    assert.equal(new Set(seen).size, 120);
    assert.equal(seen.length, 120);
  });

  it("comes in parts that are all lines of a new object", () => {
    const bodies = of(undefined, keys(450, "x"));
    const first = bodies.body({ object: "0", withNoise: false, from: 0 });
    assert.ok(first.form === "lines");
    assert.equal(first.lines.length, 200);
    const { total } = first;
    const rows = Array.from({ length: Math.ceil(total / 200) }, (_, part) => {
      return bodies.lines({ object: "0", layout: "inline", from: part * 200 }).rows;
    }).flat();
    assert.equal(rows.length, total);
    assert.ok(rows.some((row) => "text" in row && row.text.includes("k449")));
    assert.deepEqual(rows.slice(0, 200), first.lines);
  });

  it("tells the lines of one edit on, in both layouts", () => {
    const text = (word: string) => `  t: |\n${`    ${word}\n`.repeat(300)}`;
    const bodies = of(text("old"), text("new"));
    const part = bodies.body({ object: "0", withNoise: false, from: 0 });
    assert.ok(part.form === "edits");
    const [edit] = part.edits;
    assert.ok(edit?.body.form === "lines");
    assert.deepEqual([edit.body.lines.length, edit.body.total], [200, 600]);
    const asked = { object: "0", edit: edit.body.edit, from: 200 } as const;
    const inline = bodies.lines({ ...asked, layout: "inline" });
    assert.deepEqual([inline.rows.length, inline.total], [200, 600]);
    const split = bodies.lines({ ...asked, layout: "split" });
    assert.deepEqual([split.rows.length, split.total], [100, 300]);
    assert.deepEqual(split.rows[0], { left: "old", right: "new", isSame: false });
  });

  it("names what there is not", () => {
    assert.throws(() =>
      of("  a: b\n", "  a: c\n").body({ object: "7", withNoise: false, from: 0 }),
    );
  });
});
