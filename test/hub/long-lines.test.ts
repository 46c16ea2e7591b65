import assert from "node:assert/strict";
import fc from "fast-check";
import type { DiffLine, Sign } from "../../core/diff/line-diff.ts";
import { shownLines } from "../../hub/view/long-lines.ts";
import { shortText } from "../../hub/view/short-text.ts";

describe("long lines", () => {
  it("cut no character in two", () => {
    const rows = shownLines([{ sign: "+", text: `x${"😀".repeat(3_000)}` }]);
    assert.ok(rows.length > 3);
    assert.ok(rows.every(({ text }) => !/[\uD800-\uDBFF]$|^[\uDC00-\uDFFF]/.test(text)));
  });

  it("are shown in parts that are all of them", () => {
    const sign = fc.constantFrom<Sign>("+", "-", " ");
    const text = fc
      .tuple(fc.string({ unit: "binary" }), fc.integer({ min: 0, max: 900 }))
      .map(([piece, times]) => piece.repeat(times).slice(0, 9_000));
    fc.assert(
      fc.property(sign, text, (one, long) => {
        const rows = shownLines([{ sign: one, text: long }]);
        assert.equal(rows.map((row) => row.text).join(""), long);
        assert.ok(rows.every((row) => row.sign === one && row.text.length <= 2_000));
        assert.ok(rows.every(({ isRest }, index) => (isRest === true) === index > 0));
      }),
      { numRuns: 60 },
    );
  });

  it("tell where two of them differ, however far inside", () => {
    const [head, tail] = ["a".repeat(900_000), "z".repeat(800_000)];
    const lines: readonly DiffLine[] = [
      { sign: "-", text: `${head}old${tail}` },
      { sign: "+", text: `${head}new${tail}` },
    ];
    const rows = shownLines(lines);
    assert.equal(rows.length, 4);
    const [first, old, next, last] = rows;
    assert.equal(first?.text, "… both begin with the same 899900 characters");
    assert.equal(old?.text, `${"a".repeat(100)}old${"z".repeat(100)}`);
    assert.equal(next?.text, `${"a".repeat(100)}new${"z".repeat(100)}`);
    assert.equal(last?.text, "… both end with the same 799900 characters");
  });

  it("leave short ones as they are", () => {
    const lines: readonly DiffLine[] = [{ sign: " ", text: "short" }];
    assert.equal(shownLines(lines), lines);
  });

  it("are counted where a name is one", () => {
    assert.equal(shortText("api"), "api");
    assert.match(shortText("x".repeat(5_000)), /^x{1000}… \(4000 more characters\)$/);
  });
});
