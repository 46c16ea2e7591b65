import assert from "node:assert/strict";
import { objectHealth } from "../../../core/health/object-health.ts";

// Of each Flux' kstatus says Unknown, and waits (test/cluster/health-oracle.test.ts asks it).
const rows: readonly (readonly [string, object, RegExp])[] = [
  ["a status that is a text", { status: "Running" }, /its status is no mapping/],
  ["conditions that are a mapping", { status: { conditions: { Ready: "True" } } }, /no list/],
  [
    "a condition that is a flag",
    { status: { conditions: [{ type: "Ready", status: true }] } },
    /its condition 1 is none/,
  ],
  [
    "a generation seen that is a text",
    { status: { observedGeneration: "2", conditions: [{ type: "Ready", status: "True" }] } },
    /observedGeneration is no whole number/,
  ],
  ["a generation that is a text", { metadata: { generation: "2" } }, /generation is no whole/],
  ["a deletion without a time", { metadata: { deletionTimestamp: null } }, /is no time/],
];

describe("health of what Flux cannot read", () => {
  for (const [what, object, says] of rows) {
    for (const [apiVersion, kind] of [
      ["example.com/v1", "Widget"],
      ["v1", "Service"],
    ]) {
      it(`is not known, with the reason: ${what} of a ${kind}`, () => {
        const { metadata = {}, ...rest } = object as { readonly metadata?: object };
        const health = objectHealth({
          ...{ apiVersion, kind, ...rest },
          metadata: { name: "a", generation: 2, ...metadata },
        });
        assert.equal(health.state, "unknown");
        assert.match("cause" in health ? health.cause : "", says);
      });
    }
  }

  it("is that it goes, where it goes", () => {
    const metadata = { name: "a", deletionTimestamp: "2026-01-01T00:00:00Z" };
    const health = objectHealth({ apiVersion: "v1", kind: "Service", metadata, status: "x" });
    assert.equal(health.state, "terminating");
  });
});
