import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { kustomization, workload } from "../hub/a-snapshot.ts";
import type { HubWorld } from "./hub-world.ts";
import { folder, shop } from "./shop-objects.ts";

export const next = { api: "1.5.0", web: "2.1.0" };

export const write = (environment: string) =>
  folder({ environment, objects: shop(next), images: next, run: "" });

const image = (name: string) => `registry.fabrikam.com/shop/${name}`;

/** Cluster `weu` of staging: api cannot start, an ingress of others runs beside it. */
export const staging = (
  more: Partial<EnvironmentSnapshot> = {},
): Parameters<HubWorld["observe"]>[0] => ({
  ...{ version: 2, environment: "staging", cluster: "weu", active: true, leftOut: 0 },
  observedAt: new Date().toISOString(),
  objects: [
    { ...kustomization("manifests", "in-sync"), kind: "GitRepository" },
    {
      ...kustomization("shop", "failing", "HealthCheckFailed"),
      source: "GitRepository/flux-system/manifests",
      applied: 4,
      gitIsNotAll: ["postBuild"],
    },
    {
      ...kustomization("ingress", "in-sync"),
      source: "GitRepository/flux-system/manifests",
      applied: 1,
    },
  ],
  workloads: [
    {
      ...workload("web", "current"),
      ...{ replicas: { wanted: 2, ready: 2, updated: 2 }, pods: [] },
      appliedBy: "Kustomization/flux-system/shop",
      changedBy: [
        { manager: "kubectl-edit", at: new Date().toISOString(), fields: ["spec.replicas"] },
      ],
    },
    {
      ...workload("api", "failed", "ImagePullBackOff of image shop/api:1.5.0"),
      images: [`${image("api")}:1.5.0`, "ghcr.io/proxy/envoy:1.31"],
      replicas: { wanted: 2, ready: 1, updated: 1 },
      appliedBy: "Kustomization/flux-system/shop",
      pods: [
        {
          ...{ name: "api-7d9-x", phase: "Pending", ready: 0, containers: 2, restarts: 0 },
          reason: "ImagePullBackOff",
        },
        { name: "api-5c1-y", phase: "Running", ready: 2, containers: 2, restarts: 1 },
      ],
    },
    {
      ...workload("nginx", "current"),
      ...{ namespace: "ingress", images: ["registry.k8s.io/ingress-nginx/controller:v1.11.2"] },
      appliedBy: "Kustomization/flux-system/ingress",
    },
  ],
  ...more,
});

/** dev healthy at the newest version, staging failed there with its cluster's report, prod old. */
export async function threeEnvironments(world: HubWorld): Promise<{ readonly staging: string }> {
  const first = await world.headOfMain();
  const well = { state: "succeeded", description: "" } as const;
  for (const environment of ["staging", "prod"]) {
    await world.report(first, { name: `shop/${environment}`, ...well });
    await world.report(first, { name: environment, ...well });
  }
  const dev = await world.push({ branch: "main", message: "dev", writes: write("dev") });
  await world.report(dev, { name: "shop/dev", ...well });
  const commit = await world.push({
    branch: "main",
    message: "staging",
    writes: write("staging"),
  });
  const description = "ImagePullBackOff: Deployment shop/api";
  for (const name of ["shop/staging", "staging"]) {
    await world.report(commit, { name, state: "failed", description });
  }
  await world.observe(
    staging({ commit, rollouts: [{ commit, appliedAt: new Date().toISOString() }] }),
  );
  return { staging: commit };
}
