import { guidOf } from "../../azure-devops/guid.ts";
import {
  nowOf,
  type PipelinesState,
  type Result,
  type Run,
  type TimelineRecord,
} from "../state.ts";

type NewRecord = {
  readonly type: TimelineRecord["type"];
  /** Names of stage, job, task: the id is their hash, equal in every run (research §10.3). */
  readonly path: readonly string[];
  readonly name: string;
  readonly parent: TimelineRecord | undefined;
  readonly order: number;
  readonly attempt: number;
  readonly task?: TimelineRecord["task"];
};

/** Adds a record in state pending, or takes the place of the earlier attempt's. */
export function addRecord(run: Run, wanted: NewRecord): TimelineRecord {
  const { type, path, name, parent, order, attempt, task = null } = wanted;
  const identifier = path.join(".");
  const suffix = attempt > 1 ? [String(attempt)] : [];
  const record: TimelineRecord = {
    id: guidOf("record", type, identifier, ...suffix),
    parentId: parent?.id ?? null,
    ...{ type, name, identifier, order, attempt, task },
    refName: path.at(-1) ?? name,
    ...{ startTime: null, finishTime: null, state: "pending", result: null },
    ...{ currentOperation: null, percentComplete: null, workerName: null, log: null },
    issues: [],
    previousAttempts: [],
  };
  for (const old of [...run.records.values()]) {
    if (old.type === type && old.identifier === identifier && old.attempt < attempt) {
      run.records.delete(old.id);
      for (const child of run.records.values()) {
        if (child.parentId === old.id) {
          run.records.set(child.id, { ...child, parentId: record.id });
        }
      }
      record.previousAttempts = [
        ...old.previousAttempts,
        { attempt: old.attempt, timelineId: run.planId, recordId: old.id },
      ];
    }
  }
  run.records.set(record.id, record);
  return record;
}

export function beginRecord(state: PipelinesState, record: TimelineRecord): void {
  record.state = "inProgress";
  record.startTime = nowOf(state);
}

export function endRecord(state: PipelinesState, record: TimelineRecord, result: Result): void {
  record.state = "completed";
  record.result = result;
  record.startTime ??= result === "skipped" ? null : nowOf(state);
  record.finishTime = nowOf(state);
}

export function createLog(state: PipelinesState, run: Run): number {
  const id = (state.counters.log += 1);
  run.logs.set(id, []);
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
  const log = run.logs.get(record.log.id) ?? [];
  for (const line of lines) log.push(`${nowOf(state)} ${masked(run, line)}`);
}

function masked(run: Run, line: string): string {
  let text = line;
  for (const secret of run.secrets) text = text.replaceAll(secret, "***");
  return text;
}
