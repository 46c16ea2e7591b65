import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { Phase } from "../../core/flux/phase.ts";

export const now = Date.parse("2026-11-23T12:00:00Z");

/** Cluster `weu` of prod, seen a minute ago, with nothing in it. */
export const aSnapshot: EnvironmentSnapshot = {
  id: "prod.weu",
  environment: "prod",
  cluster: "weu",
  active: true,
  observedAt: "2026-11-23T11:59:00Z",
  repository: { project: "shop", name: "shop-manifests", branch: "main" },
  objects: [],
  workloads: [],
  leftOut: 0,
};

export function kustomization(name: string, phase: Phase, cause = "") {
  const revision = "main@sha1:0123456789012345678901234567890123456789";
  return { kind: "Kustomization", namespace: "flux-system", name, phase, cause, revision };
}

export function workload(name: string, health: string, cause = "") {
  const images = [`registry.fabrikam.com/shop/${name}:1.5.0`];
  return { kind: "Deployment", namespace: "shop", name, health, cause, images };
}
