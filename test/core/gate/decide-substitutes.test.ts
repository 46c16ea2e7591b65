// Values that X changed and that Flux puts into manifests: a revision that contains X may have been
// built with those of before.
import assert from "node:assert/strict";
import type { Condition } from "../../../core/flux/condition.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import {
  api,
  cluster,
  healthy,
  input,
  kustomization,
  now,
  older,
  source,
  x,
} from "./gate-world.ts";
import { kindOf } from "./rows.ts";

const vars = { ...api, group: "", kind: "ConfigMap", namespace: "flux-system", name: "vars" };
const varsId = "flux-system_vars__ConfigMap";
const postBuild = { substituteFrom: [{ kind: "ConfigMap", name: "vars" }] };

function given(facts: {
  readonly endedAt?: string;
  readonly busy?: true;
  readonly brought?: string;
  readonly spec?: object;
  readonly ended?: Partial<Condition>;
  readonly handled?: string;
}): Partial<GateInput> {
  const { endedAt = "12:00:00", brought = x, spec = {}, handled } = facts;
  const ready = {
    ...facts.ended,
    lastTransitionTime: `2026-11-23T${endedAt}Z`,
    ...(facts.busy ? ({ status: "Unknown", reason: "Progressing" } as const) : {}),
  };
  const flux = [
    source(),
    kustomization({ name: "vars", path: "./vars", inventory: [varsId], applied: brought }),
    {
      ...kustomization({ spec: { postBuild, ...spec }, ready }),
      ...(handled === undefined ? {} : { lastHandledReconcileAt: handled }),
    },
  ];
  const [first] = input().changed ?? [];
  return {
    changed: [
      ...(first ? [first] : []),
      { path: "vars/vars.yaml", removed: false, identities: [vars] },
    ],
    clusters: [cluster({ flux, health: { "Deployment.apps/shop/api": healthy } })],
  };
}

const first = (facts: Partial<GateInput>) => decide(input(facts), now);

describe("decide(): values of substituteFrom that X changed", () => {
  it("hold until it was built once more, and say what does that", () => {
    const one = first(given({}));
    assert.equal(kindOf(one), "waiting applied");
    assert.match(
      one.text,
      /values of ConfigMap flux-system\/vars.*flux reconcile kustomization shop-dev/,
    );
    const { memory } = one;
    const at = (facts: Parameters<typeof given>[0]) =>
      kindOf(decide(input({ ...given(facts), memory }), now + 1));
    assert.equal(at({}), "waiting applied");
    assert.equal(at({ endedAt: "12:01:00", busy: true }), "waiting applied");
    assert.equal(at({ endedAt: "12:02:00" }), "succeeded");
  });

  it("are not proven by what was under way when they came", () => {
    const { memory } = first(given({ busy: true }));
    const second = decide(input({ ...given({ endedAt: "12:01:00" }), memory }), now + 1);
    assert.equal(kindOf(second), "waiting applied");
    const third = given({ endedAt: "12:02:00" });
    assert.equal(kindOf(decide(input({ ...third, memory: second.memory }), now + 2)), "succeeded");
  });

  it("nor by the rest of a status whose conditions were written before", () => {
    const { memory } = first(given({ endedAt: "12:01:00", handled: "1" }));
    const later = given({ endedAt: "12:01:00", handled: "2" });
    assert.equal(kindOf(decide(input({ ...later, memory }), now + 1)), "waiting applied");
  });

  for (const reason of ["DependencyNotReady", "ArtifactFailed", "BuildFailed"]) {
    it(`nor by a reconciliation that ended before it built them: ${reason}`, () => {
      const { memory } = first(given({}));
      const later = given({ endedAt: "12:01:00", ended: { status: "False", reason } });
      assert.equal(kindOf(decide(input({ ...later, memory }), now + 1)), "waiting applied");
    });
  }

  it("are proven by one whose health checks failed, which come after", () => {
    const { memory } = first(given({}));
    const ended = { status: "False", reason: "HealthCheckFailed" } as const;
    const later = given({ endedAt: "12:01:00", ended });
    assert.equal(kindOf(decide(input({ ...later, memory }), now + 1)), "succeeded");
  });

  it("nor by what ended before they were applied", () => {
    const { memory } = first(given({ brought: older }));
    const later = given({ endedAt: "12:01:00" });
    assert.equal(kindOf(decide(input({ ...later, memory }), now + 1)), "waiting applied");
  });

  it("hold nobody where Flux waits for what brings them", () => {
    const spec = { dependsOn: [{ name: "vars" }] };
    assert.equal(kindOf(first(given({ spec }))), "succeeded");
  });

  it("hold where an expression stands in for Flux' own check of it", () => {
    const spec = { dependsOn: [{ name: "vars", readyExpr: "dep.status.observedGeneration > 0" }] };
    assert.equal(kindOf(first(given({ spec }))), "waiting applied");
  });

  it("hold nobody who takes others", () => {
    const spec = { postBuild: { substituteFrom: [{ kind: "Secret", name: "vars" }] } };
    assert.equal(kindOf(first(given({ spec }))), "succeeded");
  });
});
