import assert from "node:assert/strict";
import fc from "fast-check";
import { editView } from "../../../core/diff/edit-view.ts";
import { matchLines } from "../../../core/diff/match-lines.ts";

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

  it("is told line by line however large it is, if it changes at few places", () => {
    const many = "the same line\n".repeat(600_000).split("\n");
    const [head, tail] = [["first", ...many], ["last"]];
    const lines = shown([...head, "old", ...tail], [...head, "new", ...tail]);
    assert.ok(lines.length < 10 && lines.includes("-old") && lines.includes("+new"));
    const both = shown(["a", ...many, "old"], ["b", ...many, "new"]);
    assert.deepEqual(both.slice(0, 3), ["-a", "+b", " the same line"]);
    assert.deepEqual(both.slice(-2), ["-old", "+new"]);
  });

  it("says where it cannot be told line by line, and loses none", () => {
    const [a, b] = [1_231, 7_919].map((step) =>
      Array.from({ length: 9_001 }, (_, at) => `line ${(at * step) % 9_001}`),
    );
    assert.ok(a !== undefined && b !== undefined);
    const [first, ...lines] = shown(a, b);
    assert.match(first ?? "", /^ … too much differs to match the lines/);
    assert.deepEqual(lines, [...a.map((line) => `-${line}`), ...b.map((line) => `+${line}`)]);
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

  it("holds every line of both texts, in order, whatever they are", () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c", "", "d"), { maxLength: 14 });
    fc.assert(
      fc.property(lines, lines, fc.integer({ min: 0, max: 30 }), (before, after, left) => {
        const runs = matchLines(before, after, { left });
        if (runs === undefined) return;
        const side = (its: "gone" | "come") =>
          runs.flatMap((run) => ("same" in run ? run.same : run[its]));
        assert.deepEqual([side("gone"), side("come")], [before, after]);
      }),
    );
  });
});
