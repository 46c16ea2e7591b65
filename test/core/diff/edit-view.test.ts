import assert from "node:assert/strict";
import { editView } from "../../../core/diff/edit-view.ts";

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `line ${from + at}`);
function shown(before: readonly string[], after: readonly string[]): readonly string[] {
  const [a, b] = [before, after].map((lines) => `${lines.join("\n")}\n`);
  const { body } = editView({ kind: "changed", path: ["data"], before: a, after: b });
  assert.equal(body.form, "lines");
  return body.form === "lines" ? body.lines.map(({ sign, text }) => `${sign}${text}`) : [];
}

describe("a long text that changes", () => {
  it("is shown beside its changes, and what stays is counted", () => {
    const before = numbered(1, 40);
    const after = before.map((line) => (line === "line 20" ? "new" : line));
    assert.deepEqual(shown(before, after), [
      " … 16 unchanged lines",
      ...[" line 17", " line 18", " line 19", "-line 20", "+new"],
      ...[" line 21", " line 22", " line 23", " … 17 unchanged lines"],
    ]);
  });

  it("is whole where little stays between changes", () => {
    const before = numbered(1, 9);
    const after = ["new", ...before.slice(1, 8), "last"];
    const stays = before.slice(1, 8).map((line) => ` ${line}`);
    assert.deepEqual(shown(before, after), ["-line 1", "+new", ...stays, "-line 9", "+last"]);
  });

  it("loses no line that differs", () => {
    const before = numbered(1, 400);
    const after = before.map((line, at) => (at % 37 === 0 ? `${line}!` : line));
    const lines = shown(before, after);
    assert.equal(lines.filter((line) => line.startsWith("-")).length, 11);
    assert.equal(lines.filter((line) => line.startsWith("+")).length, 11);
    const counted = lines.flatMap((line) => /^ … (\d+) unchanged/.exec(line)?.[1] ?? []);
    const context = lines.filter((line) => /^ (?!…)/.test(line)).length;
    assert.equal(counted.map(Number).reduce((sum, one) => sum + one, 0) + context, 389);
  });
});
