// X changes the address of a registry: source-controller fetches nothing of it, and looks for a chart there
// at its interval without a trace.
import assert from "node:assert/strict";
import type { Condition } from "../../../core/flux/condition.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { ChangedFile, GateInput } from "../../../core/gate/gate-input.ts";
import { emptyMemory, type GateMemory } from "../../../core/gate/memory.ts";
import {
  api,
  cluster,
  healthy,
  helmRelease,
  input,
  kustomization,
  now,
  older,
  parsed,
  releaseId,
  source,
  x,
} from "./gate-world.ts";
import { kindOf } from "./rows.ts";

const registry = { ...api, group: "source.toolkit.fluxcd.io", version: "v1", name: "charts" };
const file: ChangedFile = {
  ...{ path: "dev/registry.yaml", removed: false },
  identities: [{ ...registry, kind: "HelmRepository" }],
};
const ready = { type: "Ready", status: "True", reason: "ok", message: "" };
const sourceRef = { kind: "HelmRepository", name: "charts" };

function world(of: {
  readonly applied?: string;
  readonly generation?: number;
  readonly version?: string;
  readonly handled?: string;
  readonly type?: "oci";
  readonly byReference?: true;
  readonly ready?: Partial<Condition>;
}): GateInput["clusters"] {
  const { applied = x, generation = 1, version = "1.2.3", handled, type = "oci" } = of;
  const metadata = { namespace: "shop", generation };
  const flux = [
    kustomization({
      applied,
      inventory: [releaseId, "shop_charts_source.toolkit.fluxcd.io_HelmRepository"],
    }),
    parsed({
      ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "HelmRepository" },
      ...{ metadata: { ...metadata, name: "charts", generation: 2 } },
      spec: { url: "oci://new.example/charts", type },
    }),
    parsed({
      ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "HelmChart" },
      ...{ metadata: { ...metadata, name: "api" }, spec: { chart: "api", sourceRef } },
      status: {
        ...{ observedGeneration: generation, artifact: { revision: version } },
        ...{ conditions: [ready], lastHandledReconcileAt: handled },
      },
    }),
    helmRelease({
      ...(of.ready ? { ready: of.ready } : {}),
      spec: of.byReference
        ? { chartRef: { kind: "HelmChart", name: "api" } }
        : { chart: { spec: { chart: "api", sourceRef } } },
      status: { helmChart: "shop/api", lastAttemptedRevision: version },
    }),
  ];
  const health = { "HelmRepository.source.toolkit.fluxcd.io/shop/charts": healthy };
  return [cluster({ flux: [source(), ...flux], health })];
}

const look = (clusters: GateInput["clusters"], memory: GateMemory, changed = [file]) =>
  decide(input({ clusters, changed, memory }), now);

describe("decide(): a registry that X changed", () => {
  const before = look(world({ applied: older }), emptyMemory).memory;

  it("is not known to be where the chart comes from, until somebody looks", () => {
    const verdict = look(world({}), before);
    assert.equal(kindOf(verdict), "waiting health-unknown");
    assert.match(verdict.text, /nothing proves that HelmChart shop\/api was looked for in/);
    assert.match(verdict.text, /flux reconcile source chart api -n shop/);
  });

  it("is enough where what is not known is, and is said; not for a release that fails", () => {
    const environment = { name: "dev", scope: "delivery", healthUnknownSucceeds: true } as const;
    const of = (facts: Parameters<typeof world>[0]) =>
      decide(input({ environment, clusters: world(facts), changed: [file], memory: before }), now);
    const accepted = of({});
    assert.equal(kindOf(accepted), "succeeded");
    assert.match(
      accepted.progress.join("\n"),
      /ready with 1\.2\.3; applied, health unknown: nothing/,
    );
    assert.equal(
      kindOf(of({ ready: { status: "False", reason: "UpgradeFailed" } })),
      "waiting applied",
    );
  });

  it("neither of a HelmChart that the release names", () => {
    const verdict = look(world({ byReference: true }), before);
    assert.equal(kindOf(verdict), "waiting health-unknown");
  });

  for (const [says, since] of [
    ["a reconcile request of the chart", { handled: "2026-11-23T12:00:00Z" }],
    ["another spec of the chart", { generation: 2 }],
    ["another version", { version: "1.3.0" }],
  ] as const) {
    it(`is proved by ${says}`, () => {
      assert.equal(kindOf(look(world(since), before)), "succeeded");
    });
  }

  it("is proved by nothing that was so before", () => {
    const handled = "2026-11-23T11:00:00Z";
    const first = look(world({ applied: older, handled }), emptyMemory).memory;
    assert.equal(kindOf(look(world({ handled }), first)), "waiting health-unknown");
  });

  it("needs none where only its interval or the like changed", () => {
    const same = { ...file, sameBuilds: ["HelmRepository/shop/charts"] };
    assert.equal(kindOf(look(world({}), before, [same])), "succeeded");
  });
});
