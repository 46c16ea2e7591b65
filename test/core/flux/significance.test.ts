import assert from "node:assert/strict";
import { significance } from "../../../core/flux/significance.ts";
import { kustomization, older, x } from "../gate/gate-world.ts";

const progressing = { status: "Unknown", reason: "Progressing", message: "Building" } as const;

describe("significance()", () => {
  const settled = significance(kustomization(), undefined);

  it("is the same while Flux looks again at what it has applied", () => {
    const again = significance(kustomization({ ready: progressing }), settled);
    assert.equal(again, settled);
    assert.equal(significance(kustomization(), again), settled);
  });

  it("is the same when the same failure took another time", () => {
    const failed = (after: string) => {
      const message = `health check failed after ${after}: timeout waiting for: [Job/a/b]`;
      const ready = { status: "False", reason: "HealthCheckFailed", message } as const;
      return significance(kustomization({ ready }), undefined);
    };
    assert.equal(failed("30.1s"), failed("5m30.25s"));
  });

  for (const [what, facts] of [
    ["a new revision is tried", { attempted: older }],
    ["it fails", { ready: { status: "False", reason: "BuildFailed" } }],
    ["it is suspended", { spec: { suspend: true } }],
    ["its spec changes", { generation: 2 }],
    ["it gets another environment", { environment: "prod" }],
  ] as const) {
    it(`differs when ${what}`, () => {
      assert.notEqual(significance(kustomization(facts), settled), settled);
    });
  }

  it("differs when a failure is over", () => {
    const failing = significance(
      kustomization({ ready: { status: "False", reason: "BuildFailed" }, applied: x }),
      settled,
    );
    assert.notEqual(significance(kustomization(), failing), failing);
  });
});
