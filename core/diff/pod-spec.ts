import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { valueAt } from "./values.ts";

export type Mapping = Readonly<Record<string, unknown>>;

/** The pod that an object runs, where it runs any. */
export function podSpecOf(object: KubernetesObject | undefined): Mapping | undefined {
  const places = ["spec.template.spec", "spec.jobTemplate.spec.template.spec"];
  const own = object?.kind === "Pod" ? ["spec"] : [];
  return [...places, ...own]
    .map((place) => valueAt(object, place))
    .find((spec): spec is Mapping => isRecord(spec) && Array.isArray(spec["containers"]));
}

/** What lies around the pod that an object runs: its labels and annotations are those of `metadata`. */
export function podTemplateOf(object: KubernetesObject | undefined): Mapping | undefined {
  if (object === undefined || podSpecOf(object) === undefined) return undefined;
  const places = ["spec.template", "spec.jobTemplate.spec.template"];
  const own = object.kind === "Pod" ? [object] : [];
  return [...own, ...places.map((place) => valueAt(object, place))].find(isRecord);
}

/** Its containers, init containers first as they run. */
export function containersOf(pod: Mapping | undefined): readonly Mapping[] {
  return [pod?.["initContainers"], pod?.["containers"]]
    .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
    .filter(isRecord);
}

/** Knative's pods have one that need not be named. */
export function containerName({ name }: Mapping): string {
  return typeof name === "string" ? name : "without a name";
}

/** The mappings of a list; none where there is no list. */
export function mappings(list: unknown): readonly Mapping[] {
  return (Array.isArray(list) ? (list as unknown[]) : []).filter(isRecord);
}
