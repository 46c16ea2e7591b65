import type { TimelineRecord } from "../../rest-types.ts";

/** Records of a type below another one, however many levels lie between; in their order. */
export function below(
  records: readonly TimelineRecord[],
  ancestor: TimelineRecord,
  type: string,
): readonly TimelineRecord[] {
  const children = records.filter(({ parentId }) => parentId === ancestor.id);
  return ordered(
    children.flatMap((child) => (child.type === type ? [child] : below(records, child, type))),
  );
}

export function stagesOf(records: readonly TimelineRecord[]): readonly TimelineRecord[] {
  return ordered(records.filter(({ type }) => type === "Stage"));
}

/** What holds a stage back or let it through. */
export function checksOf(
  records: readonly TimelineRecord[],
  stage: TimelineRecord,
): readonly TimelineRecord[] {
  const checkpoints = records.filter(
    ({ type, parentId }) => type === "Checkpoint" && parentId === stage.id,
  );
  return checkpoints.flatMap((checkpoint) =>
    records.filter(
      ({ type, parentId }) => type.startsWith("Checkpoint.") && parentId === checkpoint.id,
    ),
  );
}

const checkNames: Readonly<Record<string, string>> = {
  "Checkpoint.Approval": "Approval",
  "Checkpoint.Authorization": "Permission for a resource",
  "Checkpoint.ExclusiveLock": "Exclusive lock",
  "Checkpoint.TaskCheck": "Check",
};

/** What a check is called, in words. */
export function checkName({ type, name }: TimelineRecord): string {
  return checkNames[type] ?? name;
}

export function stateOf({ result, state }: TimelineRecord): string {
  return result ?? state;
}

export function stageName({ identifier, name }: TimelineRecord): string {
  return identifier === "__default" ? "Jobs" : name;
}

function ordered(records: readonly TimelineRecord[]): readonly TimelineRecord[] {
  return [...records].sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
}
