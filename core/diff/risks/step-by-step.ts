// Where new pods may run, and how a Rollout of Argo lets traffic to them.
import { isRecord } from "../../manifests/parse.ts";
import type { ObjectChange } from "../object-change.ts";
import { mappings, podSpecOf } from "../pod-spec.ts";
import { type Finding, medium } from "../risk.ts";
import { canonical, textOf, valueAt } from "../values.ts";

/** Fewer nodes to run on, and fewer steps to go. */
export function stepByStep({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (before === undefined || after === undefined) return [];
  const texts = [
    ...fewerNodes(before, after),
    ...(identity.kind === "Rollout" ? fewerSteps(before, after) : []),
    ...(/^(Rollout|Canary)$/.test(identity.kind) ? unwatched(before, after) : []),
  ];
  return texts.map(medium);
}

type Side = ObjectChange["before"];

function fewerNodes(before: Side, after: Side): readonly string[] {
  const [old, next] = [podSpecOf(before), podSpecOf(after)];
  if (old === undefined || next === undefined) return [];
  const had = selected(old);
  const demands = selected(next).filter((one) => !had.includes(one));
  const [could, can] = [alternatives(old), alternatives(next)];
  // Each is enough: one more lets them run on more nodes.
  const isWider = can.length === 0 || (could.length > 0 && could.every((one) => can.includes(one)));
  return [...demands, ...(isWider ? [] : [can.join(" or ")])].map(
    (one) => `its pods run on nodes with ${one} alone: where none is free they wait`,
  );
}

function selected(pod: unknown): readonly string[] {
  const selector = valueAt(pod, "nodeSelector");
  return Object.entries(isRecord(selector) ? selector : {}).map(
    ([label, value]) => `${label}=${textOf(value)}`,
  );
}

function alternatives(pod: unknown): readonly string[] {
  const required = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution";
  return mappings(valueAt(pod, `${required}.nodeSelectorTerms`)).map((term) =>
    mappings(term["matchExpressions"])
      .map((one) => `${textOf(one["key"])} ${textOf(one["operator"])} ${canonical(one["values"])}`)
      .join(" and "),
  );
}

/** Analyses of Argo Rollouts and Flagger. */
function unwatched(before: unknown, after: unknown): readonly string[] {
  const fields = [
    "strategy.canary.analysis",
    "strategy.blueGreen.prePromotionAnalysis",
    "analysis",
  ];
  const lost = fields.filter(
    (field) =>
      isRecord(valueAt(before, `spec.${field}`)) && !isRecord(valueAt(after, `spec.${field}`)),
  );
  const [was, is] = [before, after].map((side) => valueAt(side, "spec.skipAnalysis"));
  return [
    ...lost.map((field) => `goes to all without being measured (${field})`),
    ...(is === true && was !== true ? ["goes to all without being measured (skipAnalysis)"] : []),
  ];
}

function fewerSteps(before: unknown, after: unknown): readonly string[] {
  const [was, is] = [before, after].map(
    (side) => mappings(valueAt(side, "spec.strategy.canary.steps")).length,
  );
  const [wasAutomatic, isAutomatic] = [before, after].map(
    (side) => valueAt(side, "spec.strategy.blueGreen.autoPromotionEnabled") !== false,
  );
  const [small, large] = [before, after].map(firstWeight);
  return [
    ...(small !== undefined && large !== undefined && large >= small * 2
      ? [`begins with ${large} % of the traffic instead of ${small} % (canary)`]
      : []),
    ...(was !== undefined && is !== undefined && is < was
      ? [`goes to all in ${is} instead of ${was} steps (canary)`]
      : []),
    ...(was === is && waitsForSomebody(before) > waitsForSomebody(after)
      ? ["goes on by itself where it waited for somebody (canary, pause)"]
      : []),
    ...(isAutomatic === true && wasAutomatic === false
      ? ["is promoted by itself, before by somebody (autoPromotionEnabled)"]
      : []),
  ];
}

function waitsForSomebody(rollout: unknown): number {
  const pauses = mappings(valueAt(rollout, "spec.strategy.canary.steps")).map(({ pause }) => pause);
  return pauses.filter((one) => isRecord(one) && one["duration"] === undefined).length;
}

function firstWeight(rollout: unknown): number | undefined {
  const weights = mappings(valueAt(rollout, "spec.strategy.canary.steps")).map(
    ({ setWeight }) => setWeight,
  );
  return weights.find((one): one is number => typeof one === "number");
}
