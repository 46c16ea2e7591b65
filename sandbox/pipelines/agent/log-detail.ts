import type { StepContext } from "../engine/job-context.ts";
import { tell } from "../engine/tell.ts";
import type { Result, TimelineRecord } from "../run.ts";
import type { Command } from "./parse-command.ts";
import { percentOf, wholeOf } from "./whole-number.ts";

/** `task.logdetail`: a task's own records in the timeline, below its own. */
export function logDetail(context: StepContext, { properties, data }: Command): void {
  const { run, state, taskRecord } = context;
  const id = (properties["id"] ?? "").toLowerCase();
  if (id === "") {
    throw new Error("Can't update timeline record, timeline record id is not provided.");
  }
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) {
    throw new Error("Unrecognized Guid format.");
  }
  const known = run.records.get(id);
  const name = properties["name"] ?? known?.name;
  if (name === undefined || (!known && properties["type"] === undefined)) {
    throw new Error("##vso[task.logdetail] needs name and type for a new record.");
  }
  const record: TimelineRecord = known ?? {
    ...{ id, parentId: properties["parentid"]?.toLowerCase() ?? taskRecord.id, type: "Task" },
    refName: name,
    identifier: `${taskRecord.identifier}.${name}`,
    ...{ order: wholeOf(properties["order"]) ?? 1, attempt: taskRecord.attempt, task: null, name },
    ...{ startTime: null, finishTime: null, state: "pending", result: null },
    ...{ currentOperation: null, percentComplete: null, workerName: null, log: null },
    ...{ issues: [], variables: new Map(), previousAttempts: [] },
  };
  record.name = name;
  record.currentOperation = data === "" ? record.currentOperation : data;
  record.percentComplete = percentOf(properties["progress"]) ?? record.percentComplete;
  record.startTime = properties["starttime"] ?? record.startTime;
  record.finishTime = properties["finishtime"] ?? record.finishTime;
  const states = {
    initialized: "pending",
    inprogress: "inProgress",
    completed: "completed",
  } as const;
  const wanted = properties["state"]?.toLowerCase() as keyof typeof states | undefined;
  if (wanted && wanted in states) record.state = states[wanted];
  const results: readonly Result[] = [
    ...(["succeeded", "succeededWithIssues", "failed", "canceled", "skipped"] as const),
  ];
  const result = results.find((one) => one.toLowerCase() === properties["result"]?.toLowerCase());
  if (result) record.result = result;
  run.records.set(id, record);
  run.changeId += 1;
  tell(state, run);
}
