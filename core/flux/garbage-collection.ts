// What kustomize-controller deletes (internal/controller/kustomization_controller.go).
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";

/** Whether what leaves a Flux Kustomization is deleted. */
export function prunes(kustomization: KubernetesObject): boolean {
  return specOf(kustomization)["prune"] === true;
}

/** Whether all that a Flux Kustomization applied is deleted once the Kustomization itself goes. */
export function goesWithAll(kustomization: KubernetesObject): boolean {
  const { suspend, deletionPolicy } = specOf(kustomization);
  if (suspend === true) return false;
  const isMirrored = (deletionPolicy ?? "MirrorPrune") === "MirrorPrune";
  if (isMirrored) return prunes(kustomization);
  return deletionPolicy === "Delete" || deletionPolicy === "WaitForTermination";
}

/** Whether an object says in a label or an annotation that it is never deleted. */
export function isOptedOut(object: KubernetesObject): boolean {
  return ["prune", "reconcile"].some((key) => isSaid(object, key, "disabled"));
}

/** Whether Flux neither applies it nor, since 2.9 (kustomize-controller 1.9), deletes it. */
export function isIgnored(object: KubernetesObject): boolean {
  return isSaid(object, "ssa", "ignore");
}

/** Whether Flux applies it no more, whatever becomes of it. */
export function isLeftAlone(object: KubernetesObject): boolean {
  return isSaid(object, "reconcile", "disabled") || isIgnored(object);
}

// Without case, among labels and annotations (fluxcd/pkg/ssa, AnyInMetadata).
function isSaid({ metadata }: KubernetesObject, key: string, value: string): boolean {
  return [metadata["labels"], metadata["annotations"]].some(
    (values) =>
      isRecord(values) &&
      String(values[`kustomize.toolkit.fluxcd.io/${key}`]).toLowerCase() === value,
  );
}

function specOf({ spec }: KubernetesObject): Readonly<Record<string, unknown>> {
  return isRecord(spec) ? spec : {};
}
