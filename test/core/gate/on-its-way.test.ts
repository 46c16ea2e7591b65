import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import {
  afterGrace,
  input,
  kustomization,
  now,
  older,
  pulling,
  running,
  source,
  x,
  type KustomizationFacts,
} from "./gate-world.ts";

const checking = `Running health checks for revision main@sha1:${x} with a timeout of 5m0s`;
const progressing = { status: "Unknown", reason: "Progressing", message: checking } as const;
const reconciling = (message: string) => [
  { type: "Reconciling", status: "True" as const, reason: "Progressing", message },
];
const says = (facts: Partial<GateInput>) => {
  const { kind, text } = decide(input(facts), now);
  return `${kind}: ${text}`;
};
const one = (facts: KustomizationFacts) => ({ clusters: [running([kustomization(facts)])] });

describe("the gate while X is on its way", () => {
  it("waits for what is being deleted, whatever it said last", () => {
    const deleted = { ...kustomization(), deleting: true };
    assert.match(says({ clusters: [running([deleted])] }), /^waiting: .*it is being deleted$/);
  });

  it("waits for a source that has not fetched X, and says what it has", () => {
    const behind = {
      clusters: [
        { ...running([]), flux: [source({ has: older }), kustomization({ applied: older })] },
      ],
    };
    assert.match(says(behind), /^waiting: .*has not fetched aaaaaaaa yet \(it has bbbbbbbb\)$/);
  });

  it("waits for what is ready at a commit without X", () => {
    assert.match(says(one({ applied: older })), /runs bbbbbbbb, which does not contain aaaaaaaa$/);
  });

  it("waits for a generation that was not observed", () => {
    assert.match(
      says(one({ generation: 2, observedGeneration: 1 })),
      /not finished generation 2 yet$/,
    );
  });

  it("counts a pod that fails while Flux checks health of X, after the grace", () => {
    const during = { applied: older, attempted: x, ready: progressing };
    const facts = (conditions: KustomizationFacts["conditions"], attempted = x) => ({
      clusters: [
        running([kustomization({ ...during, attempted, conditions: conditions ?? [] })], pulling),
      ],
    });
    assert.equal(afterGrace(facts(reconciling(checking))).kind, "failed");
    // Its objects are still those of before.
    assert.equal(afterGrace(facts(reconciling("Building manifests"))).kind, "waiting");
    assert.equal(afterGrace(facts(reconciling(checking), older)).kind, "waiting");
  });

  it("takes for applied what is not ready by its health check alone, at X", () => {
    const failed = { status: "False", reason: "HealthCheckFailed", message: "timeout" } as const;
    const unhealthy = (facts: KustomizationFacts) =>
      says(one({ applied: older, ready: failed, ...facts }));
    assert.match(unhealthy({ attempted: x }), /^succeeded/);
    assert.match(unhealthy({ attempted: older }), /^waiting/);
    const stalled = [{ type: "Stalled", status: "True" as const, reason: "X", message: "" }];
    assert.doesNotMatch(unhealthy({ attempted: x, conditions: stalled }), /^succeeded/);
  });
});
