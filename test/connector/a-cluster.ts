import type { WatchedCluster } from "../../clients/kubernetes/watch-cluster.ts";
import { parseFluxObject } from "../../core/flux/parse-flux-object.ts";

/** A cluster `west` that holds these objects of Flux, as the API gives them, and does nothing. */
export function aCluster(
  objects: readonly object[],
  observe: WatchedCluster["observe"] = async () => ({ health: { state: "missing" }, images: [] }),
): WatchedCluster {
  const flux = objects.flatMap((object) => parseFluxObject(object) ?? []);
  return {
    ...{ name: "west", server: "https://west", observe },
    readWorkloads: async (wanted) => ({
      workloads: await Promise.all(
        wanted.map(async (identity) => {
          const { health, images } = await observe(identity);
          return { identity, health, images, detail: {} };
        }),
      ),
      gaps: [],
    }),
    flux: () => flux,
    problem: () => undefined,
    silent: () => undefined,
    readFlux: async () => flux,
    requestReconcile: async () => undefined,
    listed: Promise.resolve(),
    stop: () => undefined,
  };
}

/** A Kustomization of environment `dev` on source `manifests`. */
export function aKustomization(of: {
  readonly path: string;
  readonly revision: string;
  /** As in `status.inventory`. */
  readonly inventory?: readonly string[];
}): object {
  return {
    ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
    metadata: {
      ...{ name: "shop-dev", namespace: "flux-system", generation: 1 },
      labels: { "fluxgate.dev/environment": "dev" },
    },
    spec: { path: of.path, sourceRef: { kind: "GitRepository", name: "manifests" } },
    status: {
      ...{ observedGeneration: 1, lastAppliedRevision: of.revision },
      lastAttemptedRevision: of.revision,
      conditions: [{ type: "Ready", status: "True", reason: "ReconciliationSucceeded" }],
      inventory: { entries: (of.inventory ?? []).map((id) => ({ id, v: "v1" })) },
    },
  };
}

export function aSource(url: string): object {
  return {
    ...{ apiVersion: "source.toolkit.fluxcd.io/v1", kind: "GitRepository" },
    metadata: { name: "manifests", namespace: "flux-system", generation: 1 },
    spec: { url, ref: { branch: "main" } },
  };
}
