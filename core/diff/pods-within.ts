// Pods that a custom resource describes elsewhere than a Deployment has its own: those of a ScaledJob, of
// each group of a RayCluster, of each step of a workflow, and what operators take from `securityContext`.
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import type { ObjectChange } from "./object-change.ts";
import { isFlux, isKnownType } from "./object-type.ts";
import { type Mapping, mappings, podSpecOf } from "./pod-spec.ts";

/**
 * One change a pod, as if it were that of an object with this pod alone; without edits, which are those of
 * the whole. None of kinds whose one pod is where all have it.
 */
export function changesOfPods(change: ObjectChange): readonly ObjectChange[] {
  const { identity, before, after } = change;
  const isPolicy = /(^|\.)kyverno\.io$|gatekeeper\.sh$/.test(identity.group);
  if (isKnownType(identity) || isFlux(identity) || isPolicy) return [];
  const next = podsWithin(after, new Set(podsWithin(before).keys()));
  const old = podsWithin(before, new Set(next.keys()));
  return [...new Set([...old.keys(), ...next.keys()])].map((place) => ({
    change: change.change,
    identity,
    file: change.file,
    digest: change.digest,
    edits: [],
    ...alone("before", before, old.get(place)),
    ...alone("after", after, next.get(place)),
  }));
}

type Template = { readonly metadata: unknown; readonly spec: Mapping };

function alone(
  side: "before" | "after",
  object: KubernetesObject | undefined,
  template: Template | undefined,
): Pick<ObjectChange, "before" | "after"> {
  if (object === undefined || template === undefined) return {};
  const { apiVersion, kind, metadata } = object;
  return { [side]: { apiVersion, kind, metadata, spec: { template } } };
}

/** What is written for another to fill in, or to hold objects against. */
const foreign = new Set(["values", "valuesObject", "schema", "openAPIV3Schema"]);

/** By their place: `headGroupSpec.template.spec`. @param asked places where another version has one */
function podsWithin(
  object: KubernetesObject | undefined,
  asked: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Template> {
  const usual = podSpecOf(object);
  const found = new Map<string, Template>();
  const walk = (value: unknown, place: string, metadata: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach((item: unknown, at) => {
        const name = isRecord(item) && typeof item["name"] === "string" ? item["name"] : at;
        walk(item, `${place}[${name}]`, undefined);
      });
    }
    if (!isRecord(value) || value === usual) return;
    const pod = podIn(value, { place, isAsked: asked.has(place) });
    if (pod !== undefined) found.set(place, { metadata, spec: pod });
    for (const [key, child] of Object.entries(value)) {
      if (foreign.has(key) || (pod !== undefined && ofPod.test(key))) continue;
      const own = key === "spec" ? value["metadata"] : undefined;
      walk(child, place === "" ? key : `${place}.${key}`, own);
    }
  };
  walk(object?.["spec"], "", undefined);
  return found;
}

const ofPod =
  /^((init|ephemeral)?[cC]ontainers|container|script|sidecars|securityContext|volumes)$/;
const marks = ["securityContext", "podSecurityContext", "hostNetwork", "hostPID", "hostIPC"];

/** The pod that a mapping describes: whole, by its one container, or by what its pods may do. */
function podIn(
  value: Mapping,
  { place, isAsked }: { readonly place: string; readonly isAsked: boolean },
): Mapping | undefined {
  if (mappings(value["containers"]).length > 0) return value;
  const one = [value["container"], value["script"]].find(
    (item): item is Mapping => isRecord(item) && typeof item["image"] === "string",
  );
  const name = value["name"] ?? (place === "" ? "spec" : place);
  if (one !== undefined) {
    return { ...value, containers: [{ name, ...one }, ...mappings(value["sidecars"])] };
  }
  if (!isAsked && !marks.some((field) => value[field] !== undefined)) return undefined;
  const { podSecurityContext: ofAll, ...rest } = value;
  const image = value["image"];
  const container = { name, image, securityContext: value["securityContext"] };
  return { ...rest, securityContext: ofAll ?? {}, containers: [container] };
}
