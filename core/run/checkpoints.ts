// What holds a stage of a pipeline before it begins, as the run's timeline tells: Stage → Checkpoint
// → Checkpoint.Approval, Checkpoint.TaskCheck, Checkpoint.ExclusiveLock, Checkpoint.Authorization.
import type { TimelineRecord } from "../azure-devops/types.ts";

/** A check that is still to pass, other than an approval. */
export type OpenCheck = {
  readonly stage: string;
  readonly kind: "lock" | "authorization" | "check";
};

const prefix = "Checkpoint.";

export function openChecksOf(records: readonly TimelineRecord[]): readonly OpenCheck[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return records
    .filter(({ type, state }) => type.startsWith(prefix) && state !== "completed")
    .filter(({ type }) => type !== `${prefix}Approval`)
    .filter(({ parentId }) => byId.get(parentId ?? "")?.state === "inProgress")
    .map(({ id, type }) => ({ stage: stageOf(records, id) ?? "", kind: kindOf(type) }));
}

function kindOf(type: string): OpenCheck["kind"] {
  if (type === `${prefix}ExclusiveLock`) return "lock";
  return type === `${prefix}Authorization` ? "authorization" : "check";
}

const deepest = 10;

/**
 * The name of the stage above a record. An approval has the id of its record (used in public code;
 * UNVERIFIED in the documents); undefined where there is none.
 */
export function stageOf(records: readonly TimelineRecord[], id: string): string | undefined {
  let at = records.find((record) => record.id.toLowerCase() === id.toLowerCase());
  for (let depth = 0; at !== undefined && depth < deepest; depth += 1) {
    if (at.type === "Stage") return at.name;
    const parent: string | null | undefined = at.parentId;
    at = records.find((record) => record.id === parent);
  }
  return undefined;
}
