import assert from "node:assert/strict";
import {
  leaseWith,
  nextStep,
  readLease,
  seenNow,
  type LeaseRecord,
} from "../../../connector/leader/lease.ts";

const record = (more: Partial<LeaseRecord> = {}): LeaseRecord => ({
  ...{ holder: "a", renewed: "1", durationMs: 15_000, transitions: 0, version: "7" },
  ...more,
});

describe("the lease of the connector's replicas", () => {
  it("is renewed by its holder, and taken by nobody else while that renews it", () => {
    const seen = seenNow(undefined, record(), 1_000);
    assert.equal(nextStep(seen, "a", 100_000), "renew");
    assert.equal(nextStep(seen, "b", 16_000), "wait");
    const later = seenNow(seen, record({ renewed: "2" }), 15_000);
    assert.equal(nextStep(later, "b", 29_000), "wait");
  });

  it("is taken once its holder was silent for all of its time, by one's own clock", () => {
    const seen = seenNow(undefined, record({ renewed: "2031-01-01T00:00:00Z" }), 1_000);
    const again = seenNow(seen, record({ renewed: "2031-01-01T00:00:00Z" }), 14_000);
    assert.equal(again.at, 1_000);
    assert.equal(nextStep(again, "b", 16_001), "take");
  });

  it("is taken at once where it was given back", () => {
    assert.equal(nextStep(seenNow(undefined, record({ holder: "" }), 0), "b", 0), "take");
  });

  it("names the version that it was read at, and counts its holders", () => {
    const of = { namespace: "n", name: "l", durationMs: 1_500, time: "t" };
    const taken = leaseWith({ ...of, holder: "b", before: record({ transitions: 3 }) });
    assert.deepEqual(taken, {
      ...{ apiVersion: "coordination.k8s.io/v1", kind: "Lease" },
      metadata: { namespace: "n", name: "l", resourceVersion: "7" },
      spec: {
        ...{ holderIdentity: "b", leaseDurationSeconds: 2, renewTime: "t", acquireTime: "t" },
        leaseTransitions: 4,
      },
    });
    assert.equal(readLease(taken).holder, "b");
    const kept = leaseWith({ ...of, holder: "a", before: record({ transitions: 3 }) });
    assert.equal(readLease(kept).transitions, 3);
  });

  it("reads a lease that says nothing as free", () => {
    assert.deepEqual(readLease({}), {
      ...{ holder: "", renewed: "", durationMs: 0, transitions: 0, version: "" },
    });
  });
});
