import assert from "node:assert/strict";
import fc from "fast-check";
import { editView } from "../../../core/diff/edit-view.ts";

const changed = (before: string, after: string) =>
  editView({ kind: "changed", path: ["data", "a"], before, after }).body;
function shown(before: string, after: string): readonly string[] {
  const body = changed(before, after);
  return body.form === "lines"
    ? body.lines.map(({ sign, text }) => `${sign}${text}`)
    : [`-${body.before}`, `+${body.after}`];
}

describe("a change that could not be seen", () => {
  it("of one line stands in quotes, with what differs by its number", () => {
    assert.deepEqual(shown("x", "x\n"), ['-"x"', '+"x\\n"']);
    assert.deepEqual(shown("", "\n"), ['-""', '+"\\n"']);
    assert.deepEqual(shown("x  y", "x\ty"), ['-"x  y"', '+"x\\ty"']);
    assert.deepEqual(shown("x y", "x\u00a0y"), ['-"x y"', '+"x\\u00a0y"']);
    assert.deepEqual(shown("api", "\u0430pi"), ['-"api"', '+"\\u0430pi"']);
    assert.deepEqual(shown("\u00e9", "e\u0301"), ['-"\\u00e9"', '+"e\\u0301"']);
    assert.deepEqual(shown("a", "a\u{e0041}"), ['-"a"', '+"a\\u{e0041}"']);
  });

  it("of lines does too, and lines around stay as they are", () => {
    assert.deepEqual(shown("run\nx\n", "run\nx\r\n"), [" run", '-"x"', '+"x\\r"']);
    assert.deepEqual(shown("a\nb\n", "new\na\t\nb\n"), ['-"a"', "+new", '+"a\\t"', " b"]);
    assert.deepEqual(shown("a\nb", "a\nb\n"), [" a", " b", "-… no line break at the end"]);
  });

  it("is told from one that can be seen", () => {
    assert.deepEqual(shown("x", "z"), ["-x", "+z"]);
    assert.deepEqual(shown("a\n  b\n", "a\nb\n"), [" a", "-  b", "+b"]);
    assert.deepEqual(shown("f\u00fcr", "fur"), ["-f\u00fcr", "+fur"]);
    assert.deepEqual(shown("ok \u2764\ufe0f\n1\n", "ok \u2764\ufe0f\n2\n"), [
      " ok \u2764\ufe0f",
      ...["-1", "+2"],
    ]);
  });

  it("never looks like nothing, and gives no orders to a terminal", () => {
    const letters = [..."ab \t\n\r\u00a0\u00ad\u200b\u202e\u0430\u0001\u001b"];
    const text = fc
      .array(fc.constantFrom(...letters), { maxLength: 12 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        const lines = shown(before, after);
        const side = (other: string) =>
          lines.filter((line) => !line.startsWith(other)).map((line) => look(line.slice(1)));
        assert.notDeepEqual(side("+"), side("-"));
        for (const line of lines) assert.doesNotMatch(line, /(?!\t)\p{Cc}|\u202e/u);
      }),
    );
  });
});

// What is left of a line on a screen, to somebody who does not count blanks at its end.
function look(line: string): string {
  return line
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, "")
    .replaceAll(/\p{Zs}/gu, " ")
    .replaceAll("\u0430", "a")
    .trimEnd();
}
