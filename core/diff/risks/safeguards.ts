import { isRecord } from "../../manifests/parse.ts";
import { containerName, containersOf, type Mapping, mappings, podSpecOf } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { quantity } from "../../manifests/quantity.ts";
import { type Finding, medium } from "../risk.ts";
import { textOf, valueAt } from "../values.ts";

const guards: Readonly<Record<string, string>> = {
  livenessProbe: "its liveness probe: Kubernetes no longer restarts it when it hangs",
  readinessProbe: "its readiness probe: it gets traffic before it can answer",
  startupProbe: "its startup probe",
  "lifecycle.preStop": "its preStop hook: it is stopped without it",
  "resources.limits.memory": "its memory limit: it may starve its neighbours",
  "resources.requests": "its resource requests: the scheduler no longer reserves room for it",
};

/** Probes, limits and time that a container or pod had before. */
export function safeguards({ before, after }: ObjectChange): readonly Finding[] {
  const [old, next] = [podSpecOf(before), podSpecOf(after)];
  if (old === undefined || next === undefined) return [];
  const now = new Map(containersOf(next).map((one) => [one["name"], one]));
  const ofContainers = containersOf(old).flatMap((container) => {
    const other = now.get(container["name"]);
    const texts =
      other === undefined ? [] : [...lost(container, other), ...lowered(container, other)];
    return texts.map((text) => `container ${containerName(container)} ${text}`);
  });
  // What all of its containers share.
  const shared = [...lost(old, next), ...lowered(old, next)].map((text) => `the pod ${text}`);
  return [...ofContainers, ...shared, ...lostByPod(old, next)].map(medium);
}

function lost(before: Mapping, after: Mapping): readonly string[] {
  return Object.entries(guards)
    .filter(([field]) => isThere(valueAt(before, field)) && !isThere(valueAt(after, field)))
    .filter(([field]) => field !== "resources.requests" || isUnreserved(before, after))
    .map(([, what]) => `loses ${what}`);
}

// A request that is not written is its limit (kubernetes/pkg/apis/core/v1/defaults.go).
function isUnreserved(before: Mapping, after: Mapping): boolean {
  const limits = amountsOf(after, "limits");
  return !Object.keys(amountsOf(before, "requests")).every((one) => isThere(limits[one]));
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function amountsOf(owner: Mapping, field: "limits" | "requests"): Mapping {
  const amounts = valueAt(owner, `resources.${field}`);
  return isRecord(amounts) ? amounts : {};
}

function lowered(before: Mapping, after: Mapping): readonly string[] {
  return [
    ...lessPatient(before, after),
    ...halved(before, after, "limits"),
    ...halved(before, after, "requests"),
    ...overLimit(after)
      .filter((resource) => !overLimit(before).includes(resource))
      .map((resource) => `asks for more ${resource} than its limit: the cluster will refuse it`),
  ];
}

function halved(before: Mapping, after: Mapping, field: "limits" | "requests"): readonly string[] {
  const [old, next] = [amountsOf(before, field), amountsOf(after, field)];
  return Object.keys(old).flatMap((resource) => {
    // Of a device the request is its limit, and without one there is none.
    const isDevice = resource.includes("/");
    if (isDevice ? field === "requests" : !isThere(next[resource])) return [];
    const [from, to] = [old[resource], next[resource] ?? 0];
    const [was, is] = [quantity(from) ?? 0n, quantity(to) ?? 0n];
    return is < was && is * 2n <= was
      ? [`gets half of it or less: ${field}.${resource} from ${textOf(from)} to ${textOf(to)}`]
      : [];
  });
}

/** Of which it asks for more than it may have. */
function overLimit(owner: Mapping): readonly string[] {
  const [limits, requests] = [amountsOf(owner, "limits"), amountsOf(owner, "requests")];
  return Object.keys(requests).filter((resource) => {
    const request = quantity(requests[resource]) ?? 0n;
    return (quantity(limits[resource]) ?? request) < request;
  });
}

/** Kubernetes restarts what does not answer; an unwritten number is its default. */
function lessPatient(before: Mapping, after: Mapping): readonly string[] {
  const [was, is] = [patienceOf(before), patienceOf(after)];
  const isHalf = (old: number, next: number) => next * 2 <= old;
  const isAsked = "(livenessProbe)";
  return [
    ...(isHalf(was.inAll, is.inAll) && is.inAll < 30
      ? [`is restarted after ${is.inAll} instead of ${was.inAll} s without an answer ${isAsked}`]
      : []),
    ...(isHalf(was.atOnce, is.atOnce)
      ? [`has ${is.atOnce} instead of ${was.atOnce} s for each answer ${isAsked}`]
      : []),
    // Until it has started another probe asks.
    ...(isHalf(was.first, is.first) && was.first >= 30 && !isThere(after["startupProbe"])
      ? [
          `is asked ${is.first} instead of ${was.first} s after its start whether it lives ${isAsked}`,
        ]
      : []),
  ];
}

/** In seconds, where 0 is as unwritten; no numbers where nobody asks. */
function patienceOf(container: Mapping) {
  const probe = container["livenessProbe"];
  const at = (field: string, unwritten: number) =>
    isRecord(probe) ? Number(probe[field] || unwritten) : Number.NaN;
  return {
    inAll: at("periodSeconds", 10) * at("failureThreshold", 3),
    atOnce: at("timeoutSeconds", 1),
    first: at("initialDelaySeconds", 0),
  };
}

function lostByPod(before: Mapping, after: Mapping): readonly string[] {
  const isSaid = (value: unknown) =>
    isThere(value) && !(Array.isArray(value) && value.length === 0);
  const isLost = (field: string) =>
    isSaid(valueAt(before, field)) && !isSaid(valueAt(after, field));
  const spread = ["topologySpreadConstraints", "affinity.podAntiAffinity"].filter(isLost);
  const isSoftened = spread.length === 0 && isSpread(before) && !isSpread(after);
  const toEnd = (pod: Mapping) => Number(pod["terminationGracePeriodSeconds"] ?? 30);
  const [old, next] = [toEnd(before), toEnd(after)];
  return [
    ...(isSoftened
      ? ["its pods may all run on one node where others have no room: it is only preferred"]
      : []),
    ...spread.map((field) => `its pods may all run on one node (${field} goes)`),
    ...(next < old && next * 2 <= old ? [`its pods get ${next} instead of ${old} s to end`] : []),
    ...(isLost("priorityClassName") ? ["its pods lose their priority (priorityClassName)"] : []),
  ];
}

/** Whether a pod waits rather than runs beside its like. */
function isSpread(pod: Mapping): boolean {
  const required = "affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution";
  return (
    mappings(pod["topologySpreadConstraints"]).some(
      (one) => one["whenUnsatisfiable"] === "DoNotSchedule",
    ) || mappings(valueAt(pod, required)).length > 0
  );
}
