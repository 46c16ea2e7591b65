// When Kubernetes ends a Job, tries it again and deletes it: batch/v1 JobSpec.
import { isLeftAlone } from "../../flux/garbage-collection.ts";
import type { ObjectChange } from "../object-change.ts";
import { isRecord } from "../../manifests/parse.ts";
import { podSpecOf } from "../pod-spec.ts";
import { textOf, valueAt } from "../values.ts";

/** Less time, no second try, and Jobs that Flux makes anew; in sentences. */
export function endsOfJobs(change: ObjectChange): readonly string[] {
  const { before, after } = change;
  if (after === undefined) return [];
  const jobs = places.map((place) => [valueAt(before, place), valueAt(after, place)] as const);
  const changed = jobs.flatMap(([was, is]) =>
    isRecord(was) && isRecord(is) ? [...sooner(was, is), ...onlyOnce(was, is)] : [],
  );
  const pods = sooner(podSpecOf(before), podSpecOf(after));
  return [...changed, ...pods, ...madeAnew(change), ...neverBegun(change)];
}

/** Of a Job and its like, of a CronJob, and of KEDA's ScaledJob. */
const places = ["spec", "spec.jobTemplate.spec", "spec.jobTargetRef"];

function sooner(was: unknown, is: unknown): readonly string[] {
  const field = "activeDeadlineSeconds";
  const [old, next] = [was, is].map((side) => valueAt(side, field) ?? undefined);
  if (is === undefined || was === undefined || next === undefined) return [];
  if (old !== undefined && Number(next) * 2 > Number(old)) return [];
  const before = old === undefined ? "however long it takes" : `after ${textOf(old)} s`;
  return [`what runs is ended after ${textOf(next)} s, before ${before} (${field})`];
}

function onlyOnce(was: unknown, is: unknown): readonly string[] {
  // Unwritten it is 6; Argo and Tekton have no such field.
  const [old, next] = [was, is].map((side) => valueAt(side, "backoffLimit"));
  return next === 0 && old !== 0 ? ["a run that fails is not tried again (backoffLimit 0)"] : [];
}

/** What is gone at Flux' next look is applied once more; helm-controller looks for nothing. */
function madeAnew({ before, after, identity, madeBy }: ObjectChange): readonly string[] {
  if (identity.kind !== "Job" || identity.group !== "batch" || madeBy !== undefined) return [];
  if (after === undefined || isLeftAlone(after)) return [];
  const [was, is] = [before, after].map((side) => valueAt(side, "spec.ttlSecondsAfterFinished"));
  return is === undefined || is === null || (was !== undefined && was !== null)
    ? []
    : [
        `is deleted ${textOf(is)} s after its end (ttlSecondsAfterFinished), and runs once more each time Flux applies it`,
      ];
}

// The controller looks every 10 seconds (batch/v1 CronJobSpec).
const leastDeadline = 10;

function neverBegun({ before, after, identity }: ObjectChange): readonly string[] {
  if (identity.kind !== "CronJob" || identity.group !== "batch") return [];
  const isTight = (side: unknown) => {
    const deadline = valueAt(side, "spec.startingDeadlineSeconds");
    return typeof deadline === "number" && deadline < leastDeadline;
  };
  return [
    ...(isNever(after) && !isNever(before)
      ? ["never runs: no month has the day of its schedule"]
      : []),
    ...(isTight(after) && !isTight(before)
      ? ["may not run: its time is over before anybody looks (startingDeadlineSeconds)"]
      : []),
  ];
}

// The 30th of February, with which people switch a schedule off.
function isNever(job: unknown): boolean {
  const fields = textOf(valueAt(job, "spec.schedule") ?? "").split(/\s+/);
  const [, , day = "", month = "", weekday = ""] = fields;
  // With a weekday too either is enough.
  if (fields.length !== 5 || !/^\d+$/.test(day) || !/^[*?]$/.test(weekday)) return false;
  const longest = month
    .toLowerCase()
    .split(",")
    .map((one) =>
      /^0?2$|^feb$/.test(one) ? 29 : /^(0?[469]|11|apr|jun|sep|nov)$/.test(one) ? 30 : 31,
    );
  return longest.every((days) => Number(day) > days);
}
