// A Kustomization whose spec X changed while kustomize-controller was at work on it: how that ends bears
// the new generation, and is of the old spec.
import assert from "node:assert/strict";
import type { Condition } from "../../../core/flux/condition.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { emptyMemory, type GateMemory } from "../../../core/gate/memory.ts";
import { grace, helmRelease, input, kustomization, now, older } from "./gate-world.ts";
import { release, releaseId, running, x } from "./gate-world.ts";
import { kindOf } from "./rows.ts";

type Seen = Partial<Condition> & { readonly at?: number; readonly ended?: string };

const file = "dev/api/shop_apps_v1_deployment_api.yaml";
const red: Seen = { status: "False", reason: "HealthCheckFailed", message: "other/pod is red" };
const broken: Seen = { status: "False", reason: "BuildFailed", message: `${file}: no such file` };
const working: Seen = { status: "Unknown", reason: "Progressing" };

/** The Kustomization with its second spec, and what it says: `at` is the generation of its condition. */
function given({ at = 2, ended = "12:00:00", ...ready }: Seen, generation = 2): Partial<GateInput> {
  const k = kustomization({
    ...{ applied: older, attempted: x, generation, observedGeneration: generation - 1 },
    ready: { ...ready, observedGeneration: at, lastTransitionTime: `2026-11-23T${ended}Z` },
  });
  return { clusters: [running([k])] };
}

/** What is decided after one look at each. */
function looks(...seen: readonly Seen[]): string {
  let memory: GateMemory = emptyMemory;
  let last = "";
  for (const one of seen) {
    const verdict = decide(input({ ...given(one), memory }), now);
    memory = verdict.memory;
    last = kindOf(verdict);
  }
  return last;
}

describe("decide(): how a Kustomization ended that X changed", () => {
  it("is of the spec before, for all that is known, where it was at work meanwhile", () => {
    const verdict = decide(input(given(red)), now);
    assert.equal(kindOf(verdict), "waiting applied");
    assert.match(
      verdict.text,
      /not finished generation 2 yet; what it says may be of the one before: HealthCheckFailed: .*; its next end tells \(at its retryInterval, or: flux reconcile kustomization shop-dev -n flux-system\)$/,
    );
    assert.equal(looks({ ...working, at: 1 }, red), "waiting applied");
    assert.equal(looks({ ...working, at: 1 }, broken), "waiting applied");
  });

  it("fails nobody then, however long it stands", () => {
    const first = decide(input(given(broken)), now);
    const { memory } = first;
    assert.deepEqual(first.notes, []);
    const later = decide(input({ ...given(broken), memory }), now + 2 * grace);
    assert.equal(kindOf(later), "waiting applied");
  });

  it("is of its spec where it was idle before", () => {
    assert.equal(looks({ status: "True", at: 1 }, red), "succeeded");
    assert.equal(looks({ status: "True", at: 1 }, broken), "failed terminal");
    assert.equal(looks({ ...red, at: 1 }, red), "succeeded");
  });

  it("or where it began with it", () => {
    assert.equal(looks(working, red), "succeeded");
    assert.equal(looks({ ...working, at: 1 }, red, working, red), "succeeded");
  });

  it("or where it ended once more", () => {
    assert.equal(looks(red, red), "waiting applied");
    assert.equal(looks(red, { ...red, ended: "12:05:00" }), "succeeded");
    assert.equal(looks(red, { ...red, ended: "12:05:00" }, red), "succeeded");
  });

  it("or where Flux' own history tells that it began later, whoever was there to see it", () => {
    const since = (ms: number, ready: Seen) => {
      const [one] = given(ready).clusters ?? [];
      const flux = (one?.flux ?? []).map((each) =>
        each.kind === "Kustomization" ? { ...each, specAt: now, begunAt: now + ms } : each,
      );
      return kindOf(decide(input({ clusters: one ? [{ ...one, flux }] : [] }), now));
    };
    assert.equal(since(60_000, broken), "failed terminal");
    assert.equal(since(60_000, red), "succeeded");
    assert.equal(since(59_999, broken), "waiting applied", "clocks may be apart");
    assert.equal(since(60_000, { ...working, at: 1 }), "waiting applied", "it works on another");
  });

  it("or where it has no other spec behind it", () => {
    const first = { ...given(red, 1) };
    assert.equal(kindOf(decide(input(first), now)), "succeeded");
  });

  it("is of none but the generation that was seen", () => {
    const { memory } = decide(input(given({ status: "True", at: 1 })), now);
    const third = { ...given({ ...red, at: 3 }, 3), memory };
    assert.equal(kindOf(decide(input(third), now)), "waiting applied");
  });

  it("makes no failing object one of X while it works on the spec before", () => {
    const checking = (at: number): GateInput => {
      const k = kustomization({
        ...{ applied: older, attempted: x, generation: 2, observedGeneration: 1 },
        ready: { status: "Unknown", reason: "Progressing", observedGeneration: at },
        conditions: [
          { type: "Reconciling", status: "True", message: "Running health checks for revision" },
        ],
      });
      const failed = { state: "failed", reason: "Error", cause: "it fails" } as const;
      return input({ clusters: [running([k], failed)] });
    };
    const after = (facts: GateInput) => {
      const { memory } = decide(facts, now);
      return kindOf(decide({ ...facts, memory }, now + grace));
    };
    assert.equal(after(checking(1)), "waiting applied");
    assert.equal(after(checking(2)), "failed lasting");
  });
});

describe("decide(): how a HelmRelease ended before X changed it", () => {
  it("is no failure of anybody", () => {
    const k = kustomization({ inventory: [releaseId] });
    const ended = helmRelease({
      ready: { status: "False", reason: "UpgradeFailed", message: "boom" },
      status: { lastAttemptedGeneration: 0 },
    });
    const changed = [{ path: "dev/release.yaml", removed: false, identities: [release] }];
    const verdict = decide(input({ changed, clusters: [running([k, ended])] }), now);
    assert.equal(kindOf(verdict), "waiting applied");
    assert.deepEqual(verdict.notes, []);
  });
});
