import assert from "node:assert/strict";
import { objectsToObserve } from "../../../core/gate/observe.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import { cluster, healthy, helmRelease, input, kustomization, pulling } from "./gate-world.ts";
import { running, source, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const spec = { kubeConfig: { secretRef: { name: "prod-west" } } };
const inventory = [
  "shop_api_apps_Deployment",
  "shop_db_helm.toolkit.fluxcd.io_HelmRelease",
  "shop_child_kustomize.toolkit.fluxcd.io_Kustomization",
];
const there = (health: ObservedHealth | undefined, here: ObservedHealth = healthy) =>
  cluster({
    flux: [source(), kustomization({ spec, inventory })],
    health: {
      "Deployment.apps/shop/api": here,
      ...(health ? { "flux-system/prod-west|Deployment.apps/shop/api": health } : {}),
    },
  });

const rows: readonly Row[] = [
  {
    says: "a namesake of the management cluster proves nothing",
    given: { clusters: [there(undefined)] },
    then: "waiting health-unknown",
    text: /lives in another cluster \(kubeConfig flux-system\/prod-west\)/,
  },
  {
    says: "nor does one that is missing or fails there",
    given: { clusters: [there(undefined, pulling)] },
    then: "waiting health-unknown",
    later: true,
  },
  {
    says: "what was read in the other cluster counts",
    given: { clusters: [there(healthy)] },
    then: "succeeded",
  },
  {
    says: "and fails it",
    given: { clusters: [there(pulling)] },
    then: "failed lasting",
    later: true,
  },
  {
    says: "Flux's own word counts: it looked there",
    given: {
      clusters: [running([kustomization({ spec: { ...spec, wait: true }, inventory })], pulling)],
    },
    then: "succeeded",
    later: true,
  },
  {
    says: "unknown succeeds where that is so configured",
    given: {
      clusters: [there(undefined)],
      environment: { name: "dev", scope: "delivery", healthUnknownSucceeds: true },
    },
    then: "succeeded",
  },
  {
    says: "a ConfigMap that leads there is the same",
    given: {
      clusters: [
        running([kustomization({ spec: { kubeConfig: { configMapRef: { name: "west" } } } })]),
      ],
    },
    then: "waiting health-unknown",
    text: /flux-system\/west/,
  },
  {
    says: "a kubeConfig of a form that is not known leads elsewhere too",
    given: { clusters: [running([kustomization({ spec: { kubeConfig: {} } })])] },
    then: "waiting health-unknown",
  },
];

describeRows("objects that live in another cluster", rows);

describe("what is read of objects in another cluster", () => {
  it("is asked there, Flux' own among them, and namesakes here are not followed", () => {
    const facts = cluster({
      flux: [source(), kustomization({ spec, inventory }), helmRelease({})],
      health: {},
    });
    const [file] = input().changed ?? [];
    assert.ok(file);
    const [api] = file.identities;
    assert.ok(api);
    const db = { ...api, group: "helm.toolkit.fluxcd.io", kind: "HelmRelease", name: "db" };
    const changed = [{ ...file, identities: [api, db] }];
    const wanted = objectsToObserve(input({ changed }), facts, x);
    assert.deepEqual(
      wanted.map(({ key, kubeConfig }) => [key, kubeConfig?.name]),
      [
        ["flux-system/prod-west|Deployment.apps/shop/api", "prod-west"],
        ["flux-system/prod-west|HelmRelease.helm.toolkit.fluxcd.io/shop/db", "prod-west"],
      ],
    );
  });
});
