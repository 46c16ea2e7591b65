// The Flux controllers: which one looks at what, and what wakes it.
import { objectKey, type KubeObject } from "../api/kube-object.ts";
import type { Change } from "../api/store.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import { createController, type Controller } from "../controller.ts";
import { asksForReconcile } from "./flux-object.ts";
import { reconcileGitRepository, type GitRepositoryStatus } from "./git-repositories.ts";
import { kustomizationVersion } from "./kustomization-status.ts";
import type { KustomizationSpec } from "./kustomization-spec.ts";
import { reconcileKustomization } from "./kustomizations.ts";

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
    Kustomization: createController({
      ...report,
      workers: 8,
      reconcile: (key) => reconcileKustomization(cluster, key),
    }),
  };
  const unsubscribe = cluster.api.store.subscribe((change) => {
    const { type, kind, object, old } = change;
    if (!kind.group.endsWith("toolkit.fluxcd.io")) return;
    const controller = controllers[kind.kind];
    if (type !== "DELETED" && asksForReconcile(object, old)) {
      controller?.enqueue(objectKey(object.metadata));
    }
    for (const key of followers(cluster, change)) controllers["Kustomization"]?.enqueue(key);
  });
  return async () => {
    unsubscribe();
    await Promise.all(Object.values(controllers).map((controller) => controller.stop()));
  };
}

// A new artifact wakes every Kustomization built from it, whatever its path.
function followers(cluster: Cluster, { kind, object, old }: Change): string[] {
  if (kind.kind !== "GitRepository") return [];
  const revision = (one: KubeObject | undefined) =>
    ((one?.status ?? {}) as GitRepositoryStatus).artifact?.revision;
  if (revision(object) === undefined || revision(object) === revision(old)) return [];
  const { namespace, name } = object.metadata;
  return cluster.api.store
    .list(kindOf(cluster, kustomizationVersion, "Kustomization"))
    .filter(({ metadata, spec }) => {
      const { sourceRef } = spec as KustomizationSpec;
      const from = sourceRef.namespace ?? metadata.namespace;
      return sourceRef.kind === "GitRepository" && sourceRef.name === name && from === namespace;
    })
    .map(({ metadata }) => objectKey(metadata));
}
