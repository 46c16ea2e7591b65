import { isRecord } from "../../manifests/parse.ts";
import { containerName, containersOf, type Mapping, podSpecOf } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { quantity } from "../../manifests/quantity.ts";
import { type Finding, medium } from "../risk.ts";
import { valueAt } from "../values.ts";

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
  const now = new Map(containersOf(next).map((one) => [one["name"], one]));
  const ofContainers = containersOf(old).flatMap((container) => {
    const other = now.get(container["name"]);
    return other === undefined ? [] : [...lost(container, other), ...lowered(container, other)];
  });
  const ofPod = old === undefined || next === undefined ? [] : lostByPod(old, next);
  return [...ofContainers, ...ofPod].map(medium);
}

function lost(before: Mapping, after: Mapping): readonly string[] {
  return Object.entries(guards)
    .filter(([field]) => isThere(valueAt(before, field)) && !isThere(valueAt(after, field)))
    .filter(([field]) => field !== "resources.requests" || isUnreserved(before, after))
    .map(([, what]) => `container ${containerName(before)} loses ${what}`);
}

// A request that is not written is its limit (kubernetes/pkg/apis/core/v1/defaults.go).
function isUnreserved(before: Mapping, after: Mapping): boolean {
  const requests = valueAt(before, "resources.requests");
  const limits = valueAt(after, "resources.limits");
  const isLimited = (one: string) => isRecord(limits) && isThere(limits[one]);
  return isRecord(requests) && !Object.keys(requests).every(isLimited);
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function lowered(before: Mapping, after: Mapping): readonly string[] {
  const name = `container ${containerName(after)}`;
  const amount = (side: Mapping, field: string) => quantity(valueAt(side, `resources.${field}`));
  const halved = ["limits.memory", "limits.cpu", "requests.memory", "requests.cpu"].filter(
    (field) => {
      const [was, is] = [amount(before, field), amount(after, field)];
      return was !== undefined && is !== undefined && is * 2n <= was && is < was;
    },
  );
  const below = ["memory", "cpu"].filter((field) => {
    const over = (side: Mapping) => {
      const [limit, request] = [amount(side, `limits.${field}`), amount(side, `requests.${field}`)];
      return limit !== undefined && request !== undefined && limit < request;
    };
    return over(after) && !over(before);
  });
  return [
    ...lessPatient(before, after).map((text) => `${name} ${text}`),
    ...halved.map((field) => {
      const [was, is] = [before, after].map((side) => String(valueAt(side, `resources.${field}`)));
      return `${name} gets half of it or less: ${field} from ${was} to ${is}`;
    }),
    ...below.map(
      (field) => `${name} asks for more ${field} than its limit: the cluster will refuse it`,
    ),
  ];
}

/** Kubernetes restarts what does not answer; an unwritten number is its default. */
function lessPatient(before: Mapping, after: Mapping): readonly string[] {
  const [was, is] = [before, after].map((side) => {
    const probe = valueAt(side, "livenessProbe");
    const [period, times] = ["periodSeconds", "failureThreshold"].map((field) =>
      Number(valueAt(probe, field) ?? (field === "periodSeconds" ? 10 : 3)),
    );
    return isThere(probe) ? (period ?? 10) * (times ?? 3) : undefined;
  });
  return was !== undefined && is !== undefined && is * 2 <= was && is < 30
    ? [`is restarted after ${is} instead of ${was} s without an answer (livenessProbe)`]
    : [];
}

function lostByPod(before: Mapping, after: Mapping): readonly string[] {
  const spread = ["topologySpreadConstraints", "affinity.podAntiAffinity"].filter(
    (field) => isThere(valueAt(before, field)) && !isThere(valueAt(after, field)),
  );
  const [old, next] = [before, after].map((side) =>
    Number(side["terminationGracePeriodSeconds"] ?? 30),
  );
  const isShorter = old !== undefined && next !== undefined && next * 2 <= old && next < old;
  return [
    ...spread.map((field) => `its pods may all run on one node (${field} goes)`),
    ...(isShorter ? [`its pods get ${next} instead of ${old} s to end`] : []),
    ...(isThere(before["priorityClassName"]) && !isThere(after["priorityClassName"])
      ? ["its pods lose their priority (priorityClassName)"]
      : []),
  ];
}
