import { readConditions } from "../flux/condition.ts";
import { objectsAt, textAt, textsAt } from "../flux/read-json.ts";

/** What is known of when an object came to be as it is; times in ms since 1970, of its cluster. */
export type ObjectHistory = {
  /** When kustomize-controller last changed it, by the API server's record of field managers. */
  readonly appliedAt?: number;
  /** Annotation or label by which Flux leaves the object as it is, `…/reconcile: disabled`. */
  readonly leftAlone?: string;
  /** When the last of its conditions changed. */
  readonly conditionsAt?: number;
};

// kustomize-controller: ExclusionSelector and IfNotPresentSelector of its apply, without case, among labels
// too (fluxcd/pkg/ssa, AnyInMetadata).
const leavingAlone = [
  ["kustomize.toolkit.fluxcd.io/reconcile", "disabled"],
  ["kustomize.toolkit.fluxcd.io/ssa", "ignore"],
  ["kustomize.toolkit.fluxcd.io/ssa", "ifnotpresent"],
] as const;

/** Reads it from an object of the API; what does not stand there is left out. */
export function objectHistory(object: unknown): ObjectHistory {
  const appliedAt = newest(
    objectsAt(object, "metadata", "managedFields")
      .filter((entry) => textAt(entry, "manager") === "kustomize-controller")
      .filter((entry) => textAt(entry, "subresource") === undefined)
      .map((entry) => textAt(entry, "time")),
  );
  const conditions = readConditions(object).map(({ lastTransitionTime }) => lastTransitionTime);
  // One without a time may be the newest.
  const conditionsAt = conditions.includes(undefined) ? undefined : newest(conditions);
  const metadata = ["annotations", "labels"].map((of) => textsAt(object, "metadata", of));
  const leftAlone = leavingAlone.find(([key, value]) =>
    metadata.some((texts) => texts[key]?.toLowerCase() === value),
  );
  return {
    ...(leftAlone === undefined ? {} : { leftAlone: leftAlone.join(": ") }),
    ...(appliedAt === undefined ? {} : { appliedAt }),
    ...(conditionsAt === undefined ? {} : { conditionsAt }),
  };
}

function newest(times: readonly (string | undefined)[]): number | undefined {
  const all = times.map((time) => Date.parse(time ?? "")).filter(Number.isFinite);
  return all.length === 0 ? undefined : Math.max(...all);
}
