// The Flux controllers: which one looks at what, and what wakes it.
import { objectKey, type KubeObject } from "../api/kube-object.ts";
import type { Change } from "../api/store.ts";
import type { Cluster } from "../cluster.ts";
import { createController, type Controller } from "../controller.ts";
import { reconcileHelmChart } from "../helm/helm-charts.ts";
import { reconcileHelmRelease } from "../helm/helm-releases.ts";
import { reconcileHelmRepository } from "../helm/helm-repositories.ts";
import { asksForReconcile } from "./flux-object.ts";
import { followers, type Follower } from "./followers.ts";
import { reconcileGitRepository } from "./git-repositories.ts";
import { reconcileKustomization } from "./kustomizations.ts";
import { reconcileOciRepository } from "./oci-repositories.ts";

/** Starts them; the returned function stops them. */
export function startToolkit(
  cluster: Cluster,
  onError: (error: unknown) => void,
): () => Promise<void> {
  const report = { onError: (_key: string, error: unknown) => onError(error) };
  const controllers: Readonly<Record<string, Controller>> = {
    GitRepository: createController({
      ...report,
      reconcile: (key) => reconcileGitRepository(cluster, key),
    }),
    OCIRepository: createController({
      ...report,
      reconcile: (key) => reconcileOciRepository(cluster, key),
    }),
    HelmRepository: createController({
      ...report,
      reconcile: (key) => reconcileHelmRepository(cluster, key),
    }),
    HelmChart: createController({
      ...report,
      reconcile: (key) => reconcileHelmChart(cluster, key),
    }),
    Kustomization: createController({
      ...report,
      workers: 8,
      reconcile: (key) => reconcileKustomization(cluster, key),
    }),
    HelmRelease: createController({
      ...report,
      workers: 8,
      reconcile: (key) => reconcileHelmRelease(cluster, key),
    }),
  };
  const wake = ({ kind, key }: Follower) => controllers[kind]?.enqueue(key);
  const unsubscribe = cluster.api.store.subscribe((change: Change) => {
    const { type, kind, object, old } = change;
    if (kind.group.endsWith("toolkit.fluxcd.io")) {
      if (type !== "DELETED" && asksForReconcile(object, old)) wake(ownKey(object));
    }
    for (const follower of followers(cluster, change)) wake(follower);
  });
  return async () => {
    unsubscribe();
    await Promise.all(Object.values(controllers).map((controller) => controller.stop()));
  };
}

function ownKey({ kind, metadata }: KubeObject): Follower {
  return { kind, key: objectKey(metadata) };
}
