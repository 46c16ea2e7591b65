import assert from "node:assert/strict";
import { editsBetween, type Edit } from "../../../core/diff/edits.ts";
import { canonical } from "../../../core/diff/values.ts";

// A small generator with a fixed seed: the same values every time.
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function value(next: (below: number) => number, depth: number): unknown {
  const kind = next(depth > 3 ? 3 : 6);
  if (kind < 3) return [next(4), `text ${next(4)}`, next(2) === 0][kind];
  if (kind === 3) return Array.from({ length: next(5) }, () => value(next, depth + 1));
  if (kind === 4) {
    return Array.from({ length: next(4) }, (_, index) => ({
      name: `item ${index + next(3)}`,
      value: value(next, depth + 1),
    }));
  }
  const keys = Array.from({ length: next(5) }, () => `key${next(6)}`);
  return Object.fromEntries(keys.map((key) => [key, value(next, depth + 1)]));
}

const pairs = Array.from({ length: 400 }, (_, seed) => {
  const next = random(seed + 1);
  return [{ root: value(next, 0) }, { root: value(next, 0) }] as const;
});

describe("edits", () => {
  it("are none between equal values", () => {
    for (const [a] of pairs) assert.deepEqual(editsBetween(a, structuredClone(a)), []);
  });

  it("are some between different ones", () => {
    for (const [a, b] of pairs) {
      assert.equal(editsBetween(a, b).length > 0, canonical(a) !== canonical(b));
    }
  });

  it("turn added into removed when the sides are swapped", () => {
    const count = (edits: readonly Edit[], kind: Edit["kind"]) =>
      edits.filter((edit) => edit.kind === kind).length;
    for (const [a, b] of pairs) {
      const [there, back] = [editsBetween(a, b), editsBetween(b, a)];
      assert.equal(count(there, "added"), count(back, "removed"));
      assert.equal(count(there, "changed"), count(back, "changed"));
    }
  });

  it("name values that stand at their paths on both sides", () => {
    const at = (root: unknown, edit: Edit, side: "before" | "after") =>
      edit.path.reduce<unknown>((value, step) => {
        const key = typeof step === "string" ? step : (step[side] ?? -1);
        return (value as Record<string | number, unknown>)[key];
      }, root);
    for (const [a, b] of pairs) {
      for (const edit of editsBetween(a, b)) {
        if (edit.kind !== "added") assert.deepEqual(at(a, edit, "before"), edit.before);
        if (edit.kind !== "removed") assert.deepEqual(at(b, edit, "after"), edit.after);
      }
    }
  });
});
