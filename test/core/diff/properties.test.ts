import assert from "node:assert/strict";
import fc from "fast-check";
import { editsBetween } from "../../../core/diff/edits.ts";
import { noiseNames, noiseOf } from "../../../core/diff/noise.ts";
import type { ObjectType } from "../../../core/diff/object-type.ts";
import { canonical } from "../../../core/diff/values.ts";
import { applyEdits, reversed } from "./apply-edits.ts";

// Few keys, names and values, so that two of them share much; lists of named items, of plain ones
// and of mixed ones, under keys that the diff knows and keys that it does not.
const { value, mapping } = fc.letrec<{ value: unknown; mapping: Record<string, unknown> }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<unknown>(0, 1, "a", "b", "100m", "0.1", true, null, 2n ** 60n, "x\n", ""),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.array(fc.record({ name: fc.constantFrom("a", "b", "c", "d"), value: tie("value") }), {
        maxLength: 4,
      }),
      tie("mapping"),
    ),
    mapping: fc.dictionary(
      fc.constantFrom("env", "ports", "args", "rules", "from", "data", "labels", "__proto__", "k"),
      tie("value"),
      { maxKeys: 4 },
    ),
  }),
);
const types: readonly ObjectType[] = [
  { group: "", kind: "Secret" },
  { group: "apps", kind: "Deployment" },
  { group: "networking.k8s.io", kind: "NetworkPolicy" },
  { group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" },
  { group: "fabrikam.com", kind: "Widget" },
];
const pairs = fc.record({
  before: fc.record({ metadata: mapping, spec: value, data: mapping }),
  after: fc.record({ metadata: mapping, spec: value, data: mapping }),
  type: fc.constantFrom(...types),
});
const runs = { numRuns: 1500 };

describe("edits, of whatever two objects", () => {
  it("make the new one of the old one, and the old one of the new one", () => {
    fc.assert(
      fc.property(pairs, ({ before, after, type }) => {
        const edits = editsBetween(before, after, type);
        assert.equal(canonical(applyEdits(before, edits)), canonical(after));
        assert.equal(canonical(applyEdits(after, reversed(edits))), canonical(before));
      }),
      runs,
    );
  });

  it("are none between equal ones, and some between different ones", () => {
    fc.assert(
      fc.property(pairs, ({ before, after, type }) => {
        assert.deepEqual(editsBetween(before, structuredClone(before), type), []);
        const differs = canonical(before) !== canonical(after);
        assert.equal(editsBetween(before, after, type).length > 0, differs);
      }),
      runs,
    );
  });

  it("are each in exactly one class", () => {
    fc.assert(
      fc.property(pairs, ({ before, after, type }) => {
        const renamed = new Map([["a", "b"]]);
        const context = { type, renamed, sameSecrets: new Set<string>(), before, after };
        for (const edit of editsBetween(before, after, type)) {
          const noise = noiseOf(edit, context);
          assert.ok(noise === undefined || Object.hasOwn(noiseNames, noise));
        }
      }),
      runs,
    );
  });
});
