// Orchestration plans: how a waiting agentless task is told its progress and its end.
import type { Plan } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, call, get, oddAnswer, takeOrAbsent } from "./connection.ts";

/** `project` by GUID (the plan's scope); `hub` is `build` for YAML pipelines. */
export type PlanRef = { readonly project: string; readonly plan: string; readonly hub?: string };

function route({ project, plan, hub = "build" }: PlanRef, ...rest: readonly (string | number)[]) {
  return { project, path: ["distributedtask", "hubs", hub, "plans", plan, ...rest] };
}

/** @returns undefined when the plan is gone. */
export function getPlan(ado: AzureDevOps, plan: PlanRef): Promise<Plan | undefined> {
  return takeOrAbsent(get<Plan>(ado, route(plan)));
}

/** @returns the id of a new, empty log; attach it with {@link updateRecords}. */
export async function createLog(
  ado: AzureDevOps,
  { task, ...plan }: PlanRef & { readonly task: string },
): Promise<number> {
  const json = { path: `logs\\${task}` };
  const answer = await call(ado, { ...route(plan, "logs"), method: "POST", json });
  const id = answer.json<{ readonly id?: unknown } | null>()?.id;
  if (typeof id !== "number") throw oddAnswer("a log without an id");
  return id;
}

/** Lines are appended as they are; the service splits at line feeds. */
export async function appendLog(
  ado: AzureDevOps,
  { log, lines, ...plan }: PlanRef & { readonly log: number; readonly lines: readonly string[] },
): Promise<void> {
  await call(ado, {
    ...route(plan, "logs", log),
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: lines.map((line) => `${line}\n`).join(""),
  });
}

/** Lines for whoever watches the run right now; not kept. A line is cut at 1024 characters. */
export async function feed(
  ado: AzureDevOps,
  options: PlanRef & {
    readonly timeline: string;
    readonly record: string;
    readonly lines: readonly string[];
  },
): Promise<void> {
  const { timeline, record, lines, ...plan } = options;
  await call(ado, {
    ...route(plan, "timelines", timeline, "records", record, "feed"),
    method: "POST",
    json: { value: lines, count: lines.length, stepId: record },
  });
}

/** What a record can be given while its task waits; never `state: completed`. */
export type RecordChange = {
  readonly id: string;
  readonly state?: "inProgress";
  readonly currentOperation?: string;
  readonly percentComplete?: number;
  readonly log?: { readonly id: number };
};

export async function updateRecords(
  ado: AzureDevOps,
  options: PlanRef & { readonly timeline: string; readonly records: readonly RecordChange[] },
): Promise<void> {
  const { timeline, records, ...plan } = options;
  await call(ado, {
    ...route(plan, "timelines", timeline, "records"),
    method: "PATCH",
    json: { value: records, count: records.length },
  });
}

/** Ends the wait. Not idempotent by contract: read the record first. */
export async function completeTask(
  ado: AzureDevOps,
  options: PlanRef & {
    readonly job: string;
    readonly task: string;
    readonly result: "succeeded" | "failed";
  },
): Promise<void> {
  const { job, task, result, ...plan } = options;
  await call(ado, {
    ...route(plan, "events"),
    method: "POST",
    json: { name: "TaskCompleted", jobId: job, taskId: task, result },
  });
}
