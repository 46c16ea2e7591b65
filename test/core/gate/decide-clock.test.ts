import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { emptyMemory } from "../../../core/gate/memory.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import {
  grace,
  healthy,
  input,
  kustomization,
  now,
  older,
  pulling,
  running,
  x,
} from "./gate-world.ts";
import { kindOf } from "./rows.ts";

const starting: ObservedHealth = {
  state: "in-progress",
  cause: "0 of 1 pods ready",
};

/** Looks at one wait again and again: seconds after the first look, and what was seen then. */
function looks(...seen: readonly (readonly [second: number, facts: Partial<GateInput>])[]) {
  let memory = emptyMemory;
  let verdict = "";
  for (const [second, facts] of seen) {
    const next = decide(input({ ...facts, memory }), now + second * 1000);
    memory = next.memory;
    verdict = kindOf(next);
  }
  return verdict;
}

const of = (health: ObservedHealth) => ({ clusters: [running([kustomization()], health)] });
const attempt = (reason: string, status: "False" | "Unknown") => ({
  clusters: [
    running([
      kustomization({
        ...{ applied: older, attempted: x },
        ready: { status, reason, message: "Deployment/shop/api status: 'InProgress'" },
      }),
    ]),
  ],
});

describe("decide(): the grace", () => {
  const graceSeconds = grace / 1000;

  it("counts from the first failing observation", () => {
    assert.equal(looks([0, of(pulling)], [graceSeconds - 1, of(pulling)]), "waiting health");
    assert.equal(looks([0, of(pulling)], [graceSeconds, of(pulling)]), "failed lasting");
  });

  it("begins afresh after a failure that healed", () => {
    const healed = looks(
      ...([
        [0, of(pulling)],
        [10, of(healthy)],
        [200, of(healthy)],
        [210, of(pulling)],
      ] as const),
    );
    assert.equal(healed, "waiting health");
  });

  it("goes on for a container that runs between two crashes", () => {
    const crashing = looks(
      ...([
        [0, of(pulling)],
        [60, of(healthy)],
        [119, of(starting)],
        [120, of(pulling)],
      ] as const),
    );
    assert.equal(crashing, "failed lasting");
  });

  it("goes on while Flux tries again for longer than the grace", () => {
    const retried = looks(
      [0, attempt("HealthCheckFailed", "False")],
      [30, attempt("Progressing", "Unknown")],
      [400, attempt("Progressing", "Unknown")],
      [410, attempt("HealthCheckFailed", "False")],
    );
    assert.equal(retried, "failed lasting");
  });

  it("is given to a merge that the branch does not show", () => {
    const off = { onBranch: "no" } as const;
    assert.equal(looks([0, off]), "waiting branch");
    assert.equal(looks([0, off], [graceSeconds, off]), "failed force-push");
    assert.equal(looks([0, off], [10, {}]), "succeeded");
  });

  it("has no part in the end of the wait's time, nor is a success cut off by it", () => {
    const deadline = now + 1000;
    assert.equal(looks([2, { ...of(starting), deadline }]), "failed expired");
    assert.equal(looks([2, { deadline, fresh: false }]), "waiting read-afresh");
    assert.equal(looks([2, { deadline }]), "succeeded");
  });
});
