// Where new pods may run, and how a Rollout of Argo lets traffic to them.
import { isRecord } from "../../manifests/parse.ts";
import type { ObjectChange } from "../object-change.ts";
import { mappings, podSpecOf } from "../pod-spec.ts";
import type { Finding } from "../risk.ts";
import { canonical, textOf, valueAt } from "../values.ts";

/** Fewer nodes to run on, and fewer steps to go. */
export function stepByStep({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (before === undefined || after === undefined) return [];
  const texts = [
    ...fewerNodes(before, after),
    ...(identity.kind === "Rollout" ? fewerSteps(before, after) : []),
  ];
  return texts.map((text) => ({ severity: "medium", text }));
}

type Side = ObjectChange["before"];

function fewerNodes(before: Side, after: Side): readonly string[] {
  const [old, next] = [podSpecOf(before), podSpecOf(after)];
  if (old === undefined || next === undefined) return [];
  const [had, has] = [old, next].map(demands);
  return (has ?? [])
    .filter((one) => !had?.includes(one))
    .map((one) => `its pods run on nodes with ${one} alone: where none is free they wait`);
}

function demands(pod: unknown): readonly string[] {
  const selector = valueAt(pod, "nodeSelector");
  const required = valueAt(
    pod,
    "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution",
  );
  return [
    ...Object.entries(isRecord(selector) ? selector : {}).map(
      ([label, value]) => `${label}=${textOf(value)}`,
    ),
    ...mappings(valueAt(required, "nodeSelectorTerms"))
      .flatMap((term) => mappings(term["matchExpressions"]))
      .map((one) => `${textOf(one["key"])} ${textOf(one["operator"])} ${canonical(one["values"])}`),
  ];
}

function fewerSteps(before: unknown, after: unknown): readonly string[] {
  const [was, is] = [before, after].map(
    (side) => mappings(valueAt(side, "spec.strategy.canary.steps")).length,
  );
  const [wasAutomatic, isAutomatic] = [before, after].map(
    (side) => valueAt(side, "spec.strategy.blueGreen.autoPromotionEnabled") !== false,
  );
  return [
    ...(was !== undefined && is !== undefined && is < was
      ? [`goes to all in ${is} instead of ${was} steps (canary)`]
      : []),
    ...(isAutomatic === true && wasAutomatic === false
      ? ["is promoted by itself, before by somebody (autoPromotionEnabled)"]
      : []),
  ];
}
