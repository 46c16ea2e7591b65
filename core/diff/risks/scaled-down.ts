import { valueAt } from "../values.ts";
import type { ObjectChange } from "../object-change.ts";
import type { Finding } from "../risk.ts";

/** Fewer pods than before: none at all, or a lower ceiling. */
export function scaledDown({ before, after, identity }: ObjectChange): readonly Finding[] {
  if (after === undefined) return [];
  const [from, to] = [number(before, "spec.replicas"), number(after, "spec.replicas")];
  if (to === 0 && from !== 0) {
    const was = before === undefined ? "starts with" : `goes from ${from ?? "its default"} to`;
    return [{ severity: "high", text: `${was} 0 replicas: nothing of it runs` }];
  }
  if (before === undefined) return [];
  if (valueAt(before, "spec.suspend") !== true && valueAt(after, "spec.suspend") === true) {
    const inCluster = identity.kind === "CronJob" || identity.kind === "Job";
    return inCluster ? [{ severity: "medium", text: "is suspended: it no longer runs" }] : [];
  }
  const [most, now] = [number(before, "spec.maxReplicas"), number(after, "spec.maxReplicas")];
  if (most !== undefined && now !== undefined && now < most) {
    return [
      { severity: "medium", text: `may scale to ${now} replicas at most, before to ${most}` },
    ];
  }
  if (from !== undefined && to !== undefined && to * 2 <= from) {
    return [{ severity: "medium", text: `goes from ${from} to ${to} replicas` }];
  }
  return [];
}

function number(object: unknown, field: string): number | undefined {
  const value = valueAt(object, field);
  return typeof value === "number" ? value : undefined;
}
