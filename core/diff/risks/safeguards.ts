import { containersOf, type Mapping, podSpecOf } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Finding } from "../risk.ts";
import { valueAt } from "../values.ts";

const guards: Readonly<Record<string, string>> = {
  livenessProbe: "its liveness probe: Kubernetes no longer restarts it when it hangs",
  readinessProbe: "its readiness probe: it gets traffic before it can answer",
  startupProbe: "its startup probe",
  "resources.limits.memory": "its memory limit: it may starve its neighbours",
  "resources.requests": "its resource requests: the scheduler no longer reserves room for it",
};

/** Probes and limits that a container had before. */
export function safeguards({ before, after }: ObjectChange): readonly Finding[] {
  const now = new Map(containersOf(podSpecOf(after)).map((one) => [one["name"], one]));
  return containersOf(podSpecOf(before)).flatMap((old) => {
    const next = now.get(old["name"]);
    return next === undefined ? [] : lost(old, next);
  });
}

function lost(before: Mapping, after: Mapping): readonly Finding[] {
  return Object.entries(guards)
    .filter(
      ([field]) => valueAt(before, field) !== undefined && valueAt(after, field) === undefined,
    )
    .map(([, what]) => ({
      severity: "medium",
      text: `container ${String(before["name"])} loses ${what}`,
    }));
}
