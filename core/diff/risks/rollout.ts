import { objectName } from "../../manifests/object-name.ts";
import { isKnownType } from "../object-type.ts";
import { podLabelsOf, selectedBy, selects } from "../selectors.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Finding, medium, type Surroundings } from "../risk.ts";
import { bothOf, same, textOf, valueAt } from "../values.ts";

/** How new pods take the place of old ones, and what keeps some of them running. */
export function rollout(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { before, after, identity } = change;
  if (after === undefined) return [];
  const texts = [
    ...strategy(change),
    ...(identity.kind === "PodDisruptionBudget" ? budget(before, after) : []),
    ...blockedDrains(change, beside),
  ];
  return texts.map(medium);
}

function strategy({ before, after, identity }: ObjectChange): readonly string[] {
  const at = (field: string) => [valueAt(before, field), valueAt(after, field)] as const;
  const turned = (field: string, value: unknown) => {
    const [was, is] = at(field);
    return was !== value && is === value;
  };
  const [ready, now] = bothOf(before, after, (side) => countAt(side, "spec.minReadySeconds"));
  const [most, isNew] = [mostMissing(after), before !== undefined && !goesAtOnce(before)];
  return [
    ...(turned("spec.strategy.type", "Recreate")
      ? ["stops all pods before new ones start, at every change from now on (Recreate)"]
      : []),
    ...(turned("spec.updateStrategy.type", "OnDelete")
      ? ["keeps old pods until somebody deletes them (OnDelete)"]
      : []),
    ...heldBack(before, after),
    ...(before !== undefined && turned("spec.concurrencyPolicy", "Replace")
      ? ["ends a run that has not ended when the next one starts (concurrencyPolicy Replace)"]
      : []),
    ...(overlaps(after) && !overlaps(before)
      ? ["may run while its last run has not ended (concurrencyPolicy Allow)"]
      : []),
    ...(turned("spec.paused", true)
      ? [
          isKnownType(identity) || identity.kind === "Rollout"
            ? "is paused: its changes are not rolled out"
            : "is paused: it does nothing until somebody goes on (spec.paused)",
        ]
      : []),
    ...(ready > 0 && now * 2 <= ready
      ? [`counts pods as available after ${now} instead of ${ready} s (minReadySeconds)`]
      : []),
    ...(isNew && goesAtOnce(after)
      ? [`may replace all pods at once (maxUnavailable ${textOf(most)})`]
      : []),
  ];
}

function mostMissing(workload: unknown): unknown {
  return ["spec.strategy", "spec.updateStrategy"]
    .map((field) => valueAt(workload, `${field}.rollingUpdate.maxUnavailable`))
    .find((one) => one !== undefined);
}

/** Whether all pods may be missing while they are replaced. */
function goesAtOnce(workload: unknown): boolean {
  const most = mostMissing(workload);
  if (typeof most === "string") return Number.parseFloat(most) >= 100;
  const replicas = countAt(workload, "spec.replicas");
  return replicas > 0 && Number(most) >= replicas;
}

/** 0 where nothing is written, no number for what is none. */
function countAt(object: unknown, field: string): number {
  return Number(valueAt(object, field) ?? 0);
}

function overlaps(job: unknown): boolean {
  return (valueAt(job, "spec.concurrencyPolicy") ?? "Allow") === "Allow";
}

/** Pods below the partition of a StatefulSet stay what they were. */
function heldBack(before: unknown, after: unknown): readonly string[] {
  const field = "spec.updateStrategy.rollingUpdate.partition";
  const [was, is] = bothOf(before, after, (side) => countAt(side, field));
  return is > was
    ? [`leaves its first ${is} pods as they are, now and at later changes (partition)`]
    : [];
}

function budget(before: unknown, after: unknown): readonly string[] {
  const [was, is] = [measureOf(before), measureOf(after)];
  if (before !== undefined && !same(...selectors(before, after))) {
    return ["is about other pods than before (selector)"];
  }
  if (was === undefined) return [];
  // A share of the pods, a number that stays and one that goes cannot be compared here.
  if (is !== undefined && was.unit !== is.unit) {
    return ["counts the pods that keep running while nodes are drained in another way"];
  }
  return is === undefined || is.kept < was.kept
    ? ["keeps fewer pods running while nodes are drained"]
    : [];
}

function selectors(before: unknown, after: unknown): readonly [unknown, unknown] {
  return [valueAt(before, "spec.selector") ?? null, valueAt(after, "spec.selector") ?? null];
}

type Measure = { readonly unit: string; readonly kept: number };

function measureOf(pdb: unknown): Measure | undefined {
  const of = (field: string, sign: number): readonly Measure[] => {
    const value = valueAt(pdb, `spec.${field}`);
    if (value === undefined) return [];
    const text = textOf(value);
    return [
      { unit: `${field}${text.endsWith("%") ? "%" : ""}`, kept: sign * Number.parseFloat(text) },
    ];
  };
  return [...of("minAvailable", 1), ...of("maxUnavailable", -1)][0];
}

/** A budget that allows no pod to go: nodes cannot be drained. */
function blockedDrains(change: ObjectChange, beside: Surroundings): readonly string[] {
  const { after, identity, before } = change;
  if (identity.kind === "PodDisruptionBudget") {
    const blocked = allowsNone(after, beside.after);
    return blocked && !allowsNone(before, beside.before)
      ? [`lets no pod go (${blocked}): nodes cannot be drained`]
      : [];
  }
  if (valueAt(before, "spec.replicas") === valueAt(after, "spec.replicas")) return [];
  const budgets = beside.after.filter(
    (one) =>
      one.kind === "PodDisruptionBudget" &&
      (one.metadata.namespace ?? "") === identity.namespace &&
      selects(valueAt(one, "spec.selector"), podLabelsOf(after)),
  );
  return budgets.flatMap((one) => {
    const blocked = allowsNone(one, beside.after);
    const was = beside.before.find((other) => objectName(other) === objectName(one));
    return blocked && !allowsNone(was, beside.before)
      ? [`leaves ${objectName(one)} no pod to let go (${blocked}): nodes cannot be drained`]
      : [];
  });
}

function allowsNone(pdb: unknown, objects: Surroundings["after"]): string | undefined {
  const [least, most] = [valueAt(pdb, "spec.minAvailable"), valueAt(pdb, "spec.maxUnavailable")];
  if (Number.parseFloat(textOf(most)) === 0) return "maxUnavailable 0";
  if (least === "100%") return "minAvailable 100%";
  const namespace = valueAt(pdb, "metadata.namespace");
  const selector = valueAt(pdb, "spec.selector");
  const sum = selectedBy(objects, { selector, namespace })
    .map((one) => Number(valueAt(one, "spec.replicas") ?? 1))
    .reduce((all, each) => all + each, 0);
  return sum > 0 && Number(least) >= sum ? `minAvailable ${textOf(least)} of ${sum}` : undefined;
}
