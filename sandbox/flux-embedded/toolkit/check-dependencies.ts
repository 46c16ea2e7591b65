import { objectKey, type KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { find } from "./conditions.ts";
import { fluxObject } from "./flux-object.ts";
import { kustomizationVersion, type KustomizationStatus } from "./kustomization-status.ts";
import type { KustomizationSpec } from "./kustomization-spec.ts";

/** Why the first unmet dependency is not ready; undefined when all are. */
export function unmetDependency(
  cluster: Cluster,
  object: KubeObject,
  revision: string,
): string | undefined {
  const { dependsOn = [], sourceRef } = object.spec as KustomizationSpec;
  const namespace = object.metadata.namespace ?? "";
  for (const reference of dependsOn) {
    const name = objectKey({ namespace: reference.namespace ?? namespace, name: reference.name });
    const at = { apiVersion: kustomizationVersion, kind: "Kustomization", key: name };
    const dependency = fluxObject(cluster, at);
    if (!dependency) {
      return `dependency '${name}' not found: kustomizations.kustomize.toolkit.fluxcd.io "${reference.name}" not found`;
    }
    const status = (dependency.status ?? {}) as KustomizationStatus;
    const ready = find(status.conditions ?? [], "Ready")?.status === "True";
    if (!ready || status.observedGeneration !== dependency.metadata.generation) {
      return `dependency '${name}' is not ready`;
    }
    const source = (dependency.spec as KustomizationSpec).sourceRef;
    const sameSource =
      source.kind === sourceRef.kind &&
      source.name === sourceRef.name &&
      (source.namespace ?? dependency.metadata.namespace) === (sourceRef.namespace ?? namespace);
    if (sameSource && status.lastAppliedRevision !== revision) {
      return `dependency '${name}' revision is not up to date`;
    }
  }
  return undefined;
}
