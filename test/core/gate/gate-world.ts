// One delivery in one environment, deployed and healthy; each row of the tables changes one thing.
import type { Condition } from "../../../core/flux/condition.ts";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";
import { decide } from "../../../core/gate/decide.ts";
import type { ClusterFacts, GateInput } from "../../../core/gate/gate-input.ts";
import { emptyMemory } from "../../../core/gate/memory.ts";
import type { ObservedHealth } from "../../../core/health/health.ts";
import type { Identity } from "../../../core/manifests/identity.ts";

/** X, what was there before it, what came after it, and a commit that is not related. */
export const x = "a".repeat(40);
export const older = "b".repeat(40);
export const newer = "c".repeat(40);
export const foreign = "d".repeat(40);
export const now = Date.parse("2026-11-23T12:00:00Z");
export const grace = 120_000;

export const api: Identity = {
  ...{ group: "apps", version: "v1", kind: "Deployment" },
  ...{ namespace: "shop", name: "api" },
};
const apiKey = "Deployment.apps/shop/api";
/** {@link helmRelease} as a file and as an inventory name it. */
export const release: Identity = {
  ...{ group: "helm.toolkit.fluxcd.io", version: "v2", kind: "HelmRelease" },
  ...{ namespace: "shop", name: "api" },
};
export const releaseId = "shop_api_helm.toolkit.fluxcd.io_HelmRelease";
/** {@link kustomization} as a file and as an inventory name it. */
export const shopDev: Identity = {
  ...{ group: "kustomize.toolkit.fluxcd.io", version: "v1", kind: "Kustomization" },
  ...{ namespace: "flux-system", name: "shop-dev" },
};
export const shopDevId = "flux-system_shop-dev_kustomize.toolkit.fluxcd.io_Kustomization";
export const healthy: ObservedHealth = { state: "current" };
export const pulling: ObservedHealth = {
  state: "failed",
  reason: "ImagePullBackOff",
  cause: "pod api-1, container main: ImagePullBackOff of image r.io/api:broken",
};

export type KustomizationFacts = {
  readonly name?: string;
  readonly path?: string;
  readonly environment?: string;
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly generation?: number;
  readonly observedGeneration?: number;
  readonly applied?: string;
  readonly attempted?: string;
  readonly ready?: Partial<Condition>;
  readonly conditions?: readonly Partial<Condition>[];
  readonly inventory?: readonly string[];
};

/** A Kustomization of the API; without facts it has applied X and is ready. */
export function kustomization(facts: KustomizationFacts = {}): FluxObject {
  const { name = "shop-dev", path = "./dev", generation = 1, applied = x } = facts;
  const { attempted = applied, environment = "dev" } = facts;
  const ready = { type: "Ready", status: "True", reason: "ReconciliationSucceeded", message: "" };
  return parsed({
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: {
      ...{ name, namespace: "flux-system", generation },
      labels: environment === "" ? {} : { "fluxgate.dev/environment": environment },
    },
    spec: {
      path,
      prune: true,
      sourceRef: { kind: "GitRepository", name: "manifests" },
      ...facts.spec,
    },
    status: {
      observedGeneration: facts.observedGeneration ?? generation,
      lastAppliedRevision: revision(applied),
      lastAttemptedRevision: revision(attempted),
      conditions: [{ ...ready, ...facts.ready }, ...(facts.conditions ?? [])],
      inventory: {
        entries: (facts.inventory ?? ["shop_api_apps_Deployment"]).map((id) => ({ id, v: "v1" })),
      },
    },
  });
}

export function helmRelease(facts: {
  readonly ready?: Partial<Condition>;
  readonly conditions?: readonly Partial<Condition>[];
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
  readonly annotations?: Readonly<Record<string, string>>;
}): FluxObject {
  const ready = { type: "Ready", status: "True", reason: "UpgradeSucceeded", message: "" };
  return parsed({
    apiVersion: "helm.toolkit.fluxcd.io/v2",
    kind: "HelmRelease",
    metadata: { name: "api", namespace: "shop", generation: 1, annotations: facts.annotations },
    spec: { interval: "10m", ...facts.spec },
    status: {
      observedGeneration: 1,
      lastAttemptedRevision: "1.2.3",
      lastAttemptedConfigDigest: "sha256:1",
      ...facts.status,
      conditions: [{ ...ready, ...facts.ready }, ...(facts.conditions ?? [])],
    },
  });
}

export function source(
  facts: {
    readonly has?: string;
    readonly url?: string;
    readonly ref?: Readonly<Record<string, string>>;
    readonly suspend?: boolean;
    readonly storedAt?: string;
    readonly ready?: Partial<Condition>;
  } = {},
): FluxObject {
  const { has = x, url = "https://dev.azure.com/fabrikam/shop/_git/manifests" } = facts;
  const ready = { type: "Ready", status: "True", reason: "Succeeded", message: "" };
  return parsed({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "GitRepository",
    metadata: { name: "manifests", namespace: "flux-system", generation: 1 },
    spec: { url, suspend: facts.suspend, ref: facts.ref ?? { branch: "main" } },
    status: {
      observedGeneration: 1,
      artifact: { revision: revision(has), lastUpdateTime: facts.storedAt },
      conditions: [{ ...ready, ...facts.ready }],
    },
  });
}

/** An artefact that was made from X of the repository of {@link source}. */
export function artefact(): FluxObject {
  const from = source();
  if (from.kind !== "GitRepository") throw new Error("no GitRepository");
  const origin = { originSource: from.url, originRevision: revision(x) };
  return { ...from, ...origin, kind: "OCIRepository" } as unknown as FluxObject;
}

/** The HelmChart `shop/api`, packed from this repository. */
export function helmChart(facts: { readonly from?: string; readonly ready?: Partial<Condition> }) {
  const ready = { type: "Ready", status: "True", reason: "ChartPackageSucceeded", message: "" };
  return parsed({
    apiVersion: "source.toolkit.fluxcd.io/v1",
    kind: "HelmChart",
    metadata: { name: "api", namespace: "shop", generation: 1 },
    spec: { chart: "./charts/api", sourceRef: { kind: "GitRepository", ...chartSource } },
    status: {
      observedGeneration: 1,
      artifact: { revision: "1.2.3" },
      observedSourceArtifactRevision: revision(facts.from ?? x),
      conditions: [{ ...ready, ...facts.ready }],
    },
  });
}

/** The source of {@link source} as a HelmRelease or HelmChart names it. */
export const chartSource = { name: "manifests", namespace: "flux-system" };

/** An object of the API. */
export function parsed(json: unknown): FluxObject {
  const object = parseFluxObject(json);
  if (!object) throw new Error("no Flux object");
  return object;
}

function revision(commit: string): string {
  return `main@sha1:${commit}`;
}

export function cluster(facts: Partial<ClusterFacts> = {}): ClusterFacts {
  return {
    ...{ name: "local", active: true, health: { [apiKey]: healthy } },
    flux: [source(), kustomization()],
    ...facts,
  };
}

/** A cluster with these Flux objects beside the source, and this health of the Deployment. */
export function running(flux: readonly FluxObject[], health: ObservedHealth = healthy) {
  return cluster({ flux: [source(), ...flux], health: { [apiKey]: health } });
}

export function input(facts: Partial<GateInput> = {}): GateInput {
  return {
    target: { kind: "pull-request", id: 7, state: "completed", commit: x },
    environment: { name: "dev", scope: "delivery", healthUnknownSucceeds: false },
    repository: [
      {
        organisationUrl: "https://dev.azure.com/fabrikam",
        project: "shop",
        repository: "manifests",
      },
    ],
    branch: "main",
    onBranch: "yes",
    changed: [
      { path: "dev/api/shop_apps_v1_deployment_api.yaml", removed: false, identities: [api] },
    ],
    bases: {},
    contains: { [x]: "yes", [newer]: "yes", [older]: "no", [foreign]: "no" },
    clusters: [cluster()],
    ...{ fresh: true, deadline: now + 3_600_000, grace, memory: emptyMemory },
    ...facts,
  };
}

/** Decides twice: at `now`, and again when the grace is over, nothing else having changed. */
export function afterGrace(facts: Partial<GateInput>) {
  const first = decide(input(facts), now);
  return decide(input({ ...facts, memory: first.memory }), now + grace);
}
