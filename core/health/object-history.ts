import { readConditions } from "../flux/condition.ts";
import { objectsAt, textAt, textsAt } from "../flux/read-json.ts";
import { writtenFields } from "./changed-by-others.ts";

/** What is known of when an object came to be as it is; times in ms since 1970, of its cluster. */
export type ObjectHistory = {
  /** When kustomize-controller last changed it, by the API server's record of field managers. */
  readonly appliedAt?: number;
  /** Annotation or label by which Flux leaves the object as it is, `…/reconcile: disabled`. */
  readonly leftAlone?: string;
  /** When the last of its conditions changed. */
  readonly conditionsAt?: number;
  /** What kubectl has written of it since kustomize-controller applied it, which puts that back. */
  readonly edited?: { readonly by: string; readonly fields: readonly string[] };
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
  const edited = editOf(object, metadata);
  return {
    ...(edited === undefined ? {} : { edited }),
    ...(leftAlone === undefined ? {} : { leftAlone: leftAlone.join(": ") }),
    ...(appliedAt === undefined ? {} : { appliedAt }),
    ...(conditionsAt === undefined ? {} : { conditionsAt }),
  };
}

const mostFields = 3;

// At each apply kustomize-controller takes over what managers of that name have written, but of objects that
// it merges with others' fields (apply(); fluxcd/pkg/ssa, PatchReplaceFieldsManagers). What only labels the
// object runs as it did; of a subresource (scale) it takes nothing over.
function editOf(
  object: unknown,
  metadata: readonly Readonly<Record<string, string>>[],
): ObjectHistory["edited"] {
  const isMerged = metadata.some(
    (texts) => texts["kustomize.toolkit.fluxcd.io/ssa"]?.toLowerCase() === "merge",
  );
  if (isMerged) return undefined;
  for (const entry of objectsAt(object, "metadata", "managedFields")) {
    const by = textAt(entry, "manager") ?? "";
    if (!by.startsWith("kubectl") || textAt(entry, "subresource") !== undefined) continue;
    const fields = writtenFields(entry).filter((field) => !field.startsWith("metadata."));
    if (fields.length > 0) return { by, fields: fields.slice(0, mostFields) };
  }
  return undefined;
}

function newest(times: readonly (string | undefined)[]): number | undefined {
  const all = times.map((time) => Date.parse(time ?? "")).filter(Number.isFinite);
  return all.length === 0 ? undefined : Math.max(...all);
}
