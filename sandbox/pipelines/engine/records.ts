import { guidOf } from "../../azure-devops/guid.ts";
import type { Issue, Result, Run, RunLog, TimelineRecord } from "../run.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import { masked } from "./secrets.ts";

type NewRecord = {
  readonly type: TimelineRecord["type"];
  /** Names of stage, job, task: the id is their hash, equal in every run (research §10.3). */
  readonly path: readonly string[];
  readonly name: string;
  readonly parent: TimelineRecord | undefined;
  readonly order: number;
  readonly attempt: number;
  readonly task?: TimelineRecord["task"];
  readonly refName?: string;
};

/** Adds a record in state pending, or takes the place of the earlier attempt's. */
export function addRecord(run: Run, wanted: NewRecord): TimelineRecord {
  const { type, path, name, parent, order, attempt, task = null } = wanted;
  const identifier = path.join(".");
  const suffix = attempt > 1 ? [String(attempt)] : [];
  // An approval is known by its record's id, so that one differs in every run.
  const own = type.startsWith("Checkpoint") ? [run.planId] : [];
  const record: TimelineRecord = {
    id: guidOf("record", type, identifier, ...own, ...suffix),
    parentId: parent?.id ?? null,
    ...{ type, name, identifier, order, attempt, task },
    refName: wanted.refName ?? path.at(-1) ?? name,
    ...{ startTime: null, finishTime: null, state: "pending", result: null },
    ...{ currentOperation: null, percentComplete: null, workerName: null, log: null },
    issues: [],
    variables: new Map(),
    previousAttempts: [],
  };
  for (const old of [...run.records.values()]) {
    if (old.type === type && old.identifier === identifier && old.attempt < attempt) {
      replace(run, old, record);
    }
  }
  run.records.set(record.id, record);
  run.changeId += 1;
  return record;
}

function replace(run: Run, old: TimelineRecord, record: TimelineRecord): void {
  run.records.delete(old.id);
  const timelineId = guidOf("timeline", run.planId, String(old.attempt));
  run.pastRecords.set(timelineId, [...(run.pastRecords.get(timelineId) ?? []), old]);
  for (const child of run.records.values()) {
    if (child.parentId === old.id) run.records.set(child.id, { ...child, parentId: record.id });
  }
  record.previousAttempts = [
    ...old.previousAttempts,
    { attempt: old.attempt, timelineId, recordId: old.id },
  ];
}

export function beginRecord(state: PipelinesState, run: Run, record: TimelineRecord): void {
  record.state = "inProgress";
  record.startTime = nowOf(state);
  run.changeId += 1;
}

export function endRecord(
  state: PipelinesState,
  run: Run,
  { record, result }: { readonly record: TimelineRecord; readonly result: Result },
): void {
  record.state = "completed";
  record.result = result;
  record.startTime ??= result === "skipped" ? null : nowOf(state);
  record.finishTime = nowOf(state);
  run.changeId += 1;
}

export function addIssue(
  run: Run,
  record: TimelineRecord,
  { type, message, data = {} }: Omit<Issue, "data"> & { readonly data?: Issue["data"] },
): void {
  record.issues.push({ type, message: masked(run, message), data });
  run.changeId += 1;
}

export function createLog(state: PipelinesState, run: Run): number {
  const id = run.logs.size + 1;
  run.logs.set(id, { lines: [], createdOn: nowOf(state), changedOn: nowOf(state) });
  return id;
}

/** Appends to the record's log, made on first use; secrets are masked as the agent does it. */
export function logLines(
  state: PipelinesState,
  at: { readonly run: Run; readonly record: TimelineRecord },
  lines: readonly string[],
): void {
  const { run, record } = at;
  record.log ??= { id: createLog(state, run) };
  const log = run.logs.get(record.log.id);
  if (log)
    appendTo(
      log,
      lines.map((line) => `${nowOf(state)} ${masked(run, line)}`),
      nowOf(state),
    );
}

export function appendTo(log: RunLog, lines: readonly string[], now: string): void {
  for (const line of lines) log.lines.push(line);
  log.changedOn = now;
}
