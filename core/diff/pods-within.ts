// Pods that a custom resource describes elsewhere than a Deployment has its own: those of a ScaledJob, of
// each group of a RayCluster, of each step of a workflow, and what operators take from `securityContext`.
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";
import { matchItems } from "./match-items.ts";
import type { ObjectChange } from "./object-change.ts";
import { isFlux, isKnownType } from "./object-type.ts";
import { childAt, type Path, type PathStep, pathText } from "./path.ts";
import { type Mapping, mappings, podSpecOf } from "./pod-spec.ts";
import { same } from "./values.ts";

/**
 * One change a pod, as if it were that of an object with this pod alone; without edits, which are those of
 * the whole. None of kinds whose one pod is where all have it.
 */
export function changesOfPods(change: ObjectChange): readonly ObjectChange[] {
  const { identity, before, after } = change;
  const isPolicy = /(^|\.)kyverno\.io$|gatekeeper\.sh$/.test(identity.group);
  const isTemplate = identity.kind === "PodTemplate";
  if ((isKnownType(identity) && !isTemplate) || isFlux(identity) || isPolicy) return [];
  return podsWithin(change).map((pod) => ({
    change: change.change,
    identity,
    file: change.file,
    digest: change.digest,
    edits: [],
    ...alone("before", before, pod.before),
    ...alone("after", after, pod.after),
  }));
}

type Template = { readonly metadata: unknown; readonly spec: Mapping };
/** What stands at one place on both sides. */
type Sides<T> = { readonly before: T | undefined; readonly after: T | undefined };

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

function podsWithin({ before, after, identity }: ObjectChange): readonly Sides<Template>[] {
  const usual: readonly unknown[] = [podSpecOf(before), podSpecOf(after)];
  const found: Sides<Template>[] = [];
  /** Where it is; the same again behind each value. */
  const path: PathStep[] = [];
  const step = (to: PathStep, at: Sides<unknown>, metadata: Sides<unknown>) => {
    path.push(to);
    walk(at, metadata);
    path.pop();
  };
  const walk = (at: Sides<unknown>, metadata: Sides<unknown>): void => {
    if (Array.isArray(at.before) || Array.isArray(at.after)) {
      const [old, next] = [at.before, at.after].map(listOf);
      // Pods that stay as they are.
      if (old === undefined || next === undefined || same(old, next)) return;
      for (const item of matchItems(path, { before: old, after: next, type: identity }).items) {
        const [was, is] = [childAt(old, item, "before"), childAt(next, item, "after")];
        step(item, { before: was, after: is }, nothing);
      }
      return;
    }
    const [old, next] = [at.before, at.after].map((one) =>
      isRecord(one) && !usual.includes(one) ? one : undefined,
    );
    const pods = podsAt(path, { before: old, after: next });
    const { before: was, after: is } = pods;
    if (was !== undefined || is !== undefined) {
      found.push({
        before: was && { metadata: metadata.before, spec: was },
        after: is && { metadata: metadata.after, spec: is },
      });
    }
    for (const key of new Set([...Object.keys(old ?? {}), ...Object.keys(next ?? {})])) {
      if (foreign.has(key)) continue;
      const own =
        key === "spec" ? { before: old?.["metadata"], after: next?.["metadata"] } : nothing;
      const isPods = ofPod.test(key);
      const left = isPods && was !== undefined ? undefined : childAt(old, key, "before");
      const right = isPods && is !== undefined ? undefined : childAt(next, key, "after");
      step(key, { before: left, after: right }, own);
    }
  };
  // A PodTemplate runs none itself: it is what others make theirs of.
  const place = identity.kind === "PodTemplate" ? "template" : "spec";
  walk({ before: before?.[place], after: after?.[place] }, nothing);
  return found;
}

const nothing: Sides<unknown> = { before: undefined, after: undefined };

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

const ofPod =
  /^((init|ephemeral)?[cC]ontainers|container|script|sidecars|securityContext|volumes)$/;
const marks = ["securityContext", "podSecurityContext", "hostNetwork", "hostPID", "hostIPC"];

/** The pod at a place, on a side without a mark of one too where the other side has one. */
function podsAt(path: Path, { before, after }: Sides<Mapping>): Sides<Mapping> {
  const marked = after && podIn(after, { path, isAsked: false });
  const was = before && podIn(before, { path, isAsked: marked !== undefined });
  return { before: was, after: after && podIn(after, { path, isAsked: was !== undefined }) };
}

/** The pod that a mapping describes: whole, by its one container, or by what its pods may do. */
function podIn(
  value: Mapping,
  { path, isAsked }: { readonly path: Path; readonly isAsked: boolean },
): Mapping | undefined {
  if (mappings(value["containers"]).length > 0) return value;
  const one = [value["container"], value["script"]].find(
    (item): item is Mapping => isRecord(item) && typeof item["image"] === "string",
  );
  const name = value["name"] ?? (pathText(path) || "spec");
  if (one !== undefined) {
    return { ...value, containers: [{ name, ...one }, ...mappings(value["sidecars"])] };
  }
  if (!isAsked && !marks.some((field) => value[field] !== undefined)) return undefined;
  const { podSecurityContext: ofAll, ...rest } = value;
  const image = value["image"];
  const container = { name, image, securityContext: value["securityContext"] };
  return { ...rest, securityContext: ofAll ?? {}, containers: [container] };
}
