import { issueJobToken, revokeToken } from "../../azure-devops/authenticate.ts";
import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { toBoolean, toText } from "../expressions/values.ts";
import {
  nowOf,
  type PipelinesState,
  type Result,
  type Run,
  type TimelineRecord,
} from "../state.ts";
import type { Job, Stage, Step } from "../yaml/model.ts";
import { prepareWorkspace, type Workspace } from "../agent/workspace.ts";
import { runStep } from "../agent/run-step.ts";
import type { StepContext } from "../agent/step-context.ts";
import { reachableRepositories } from "./reachable-repositories.ts";
import { addRecord, beginRecord, endRecord, logLines } from "./records.ts";
import { jobDependencies, otherStages, statusFunctions, variablesValue } from "./scopes.ts";
import { runServerTask } from "./server-task.ts";
import { jobVariables, setVariable, type Variables } from "./variables.ts";

export type AtJob = {
  readonly run: Run;
  readonly stage: Stage;
  readonly job: Job;
  readonly record: TimelineRecord;
  readonly stageAttempt: number;
};

/** What a step is run with. */
export type JobContext = AtJob & {
  readonly state: PipelinesState;
  readonly variables: Variables;
  readonly token: string;
  /** Agent jobs only. */
  readonly workspace: Workspace | undefined;
  /** Aborted by cancel and by the job's timeout. */
  readonly signal: AbortSignal;
};

export async function executeJob(state: PipelinesState, at: AtJob): Promise<Result> {
  const { run, stage, job, record } = at;
  const variables = jobVariables(state, at);
  const scope: Scope = {
    names: {
      variables: variablesValue(variables),
      dependencies: jobDependencies(run, stage.name),
      stageDependencies: otherStages(run),
    },
  };
  resolveRuntime(variables, scope);
  for (const { isSecret, value } of variables.values()) {
    if (isSecret && value !== "") run.secrets.add(value);
  }
  const token = issueJobToken(state.organisation, {
    project: run.definition.project.id,
    buildId: run.id,
    repositories: reachableRepositories(state, run, job),
  });
  run.secrets.add(token);
  setVariable(variables, "System.AccessToken", { value: token, isSecret: true });
  const limit = limitOf(at);
  beginRecord(state, record);
  record.workerName = job.kind === "server" ? null : "sandbox agent 1";
  const deployment = beginDeployment(state, at);
  try {
    const workspace =
      job.kind === "server" ? undefined : await prepareWorkspace(state, at, variables);
    const context: JobContext = { ...at, state, variables, token, workspace, signal: limit.signal };
    const result = await runSteps(context, limit);
    endRecord(state, record, result);
    if (deployment) Object.assign(deployment, { result, finishTime: nowOf(state) });
    return result;
  } finally {
    limit.release();
    revokeToken(state.organisation, token);
  }
}

async function runSteps(context: JobContext, limit: Limit): Promise<Result> {
  const { state, job, record, variables } = context;
  let result: Result = "succeeded";
  const records = job.steps.map((step, index) => taskRecord(context, step, index));
  for (const [index, step] of job.steps.entries()) {
    const taskRecord = records[index];
    if (!taskRecord) continue;
    const scope: Scope = {
      names: { variables: variablesValue(variables) },
      functions: statusFunctions(
        () => [result],
        () => limit.signal.aborted,
      ),
    };
    if (!toBoolean(evaluate(step.condition ?? "succeeded()", scope))) {
      endRecord(state, taskRecord, "skipped");
      continue;
    }
    beginRecord(state, taskRecord);
    const outcome = await runLimited({ ...context, step, taskRecord });
    const shown = outcome === "failed" && step.continueOnError ? "succeededWithIssues" : outcome;
    endRecord(state, taskRecord, limit.signal.aborted ? "canceled" : shown);
    if (shown !== "succeeded" && result !== "failed") result = shown;
  }
  if (limit.reason() === "timeout") {
    const message = `The job running on ${record.workerName ?? "the server"} ran longer than the maximum time of ${limit.minutes} minutes.`;
    record.issues.push({ type: "error", message });
    return "failed";
  }
  return limit.signal.aborted ? "canceled" : result;
}

// A step's own time ends it as failed; the job goes on with its conditions.
async function runLimited(at: StepContext): Promise<Result> {
  const { state, run, job, step, taskRecord } = at;
  const { timeoutInMinutes: minutes } = step;
  const timeout = minutes ? AbortSignal.timeout(minutes * 60_000) : undefined;
  const context = timeout ? { ...at, signal: AbortSignal.any([at.signal, timeout]) } : at;
  try {
    const outcome = await (job.kind === "server" ? runServerTask(context) : runStep(context));
    if (!timeout?.aborted || at.signal.aborted) return outcome;
    throw new Error("The task has timed out.");
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    taskRecord.issues.push({ type: "error", message });
    logLines(state, { run, record: taskRecord }, [`##[error]${message}`]);
    return "failed";
  }
}

function taskRecord(context: JobContext, step: Step, index: number): TimelineRecord {
  const { run, stage, job, record } = context;
  const refName = step.name ?? `${step.action.kind}${index + 1}`;
  return addRecord(run, {
    type: "Task",
    path: [stage.name, job.name, "__default", refName],
    name: step.displayName,
    parent: record,
    order: index + 1,
    attempt: record.attempt,
    task: context.state.extensionDirectory ? taskReference(context, step) : null,
  });
}

function taskReference({ state }: JobContext, { action }: Step): TimelineRecord["task"] {
  if (action.kind !== "task") return null;
  const manifest = state.tasks.get(action.task.toLowerCase());
  return {
    id: manifest?.id ?? "",
    name: action.task,
    version: manifest?.version ?? `${action.version}.0.0`,
  };
}

// Values `$[ … ]` are worked out when the job starts.
function resolveRuntime(variables: Variables, scope: Scope): void {
  for (const [key, variable] of variables) {
    const expression = /^\s*\$\[(.*)\]\s*$/s.exec(variable.value)?.[1];
    if (expression === undefined) continue;
    variables.set(key, { ...variable, value: toText(evaluate(expression, scope)) });
  }
}

type Limit = {
  readonly signal: AbortSignal;
  readonly minutes: number;
  readonly reason: () => "timeout" | "cancel" | undefined;
  readonly release: () => void;
};

// Jobs end after 60 minutes unless they say otherwise (documents: job timeouts).
function limitOf({ run, job }: AtJob): Limit {
  const minutes = job.timeoutInMinutes === undefined ? 60 : job.timeoutInMinutes || 360;
  const controller = new AbortController();
  let reason: "timeout" | "cancel" | undefined;
  const stop = (why: "timeout" | "cancel") => {
    reason ??= why;
    controller.abort();
  };
  const timer = setTimeout(() => stop("timeout"), minutes * 60_000);
  timer.unref();
  const cancel = () => stop("cancel");
  run.cancellations.add(cancel);
  return {
    signal: controller.signal,
    minutes,
    reason: () => reason,
    release: () => {
      clearTimeout(timer);
      run.cancellations.delete(cancel);
    },
  };
}

function beginDeployment(state: PipelinesState, { run, stage, job, record }: AtJob) {
  if (job.environment === undefined) return undefined;
  let environment = state.environments.find(({ name }) => name === job.environment);
  if (!environment) {
    environment = { id: state.environments.length + 1, name: job.environment, deployments: [] };
    state.environments.push(environment);
  }
  const deployment = {
    id: (state.counters.record += 1),
    run,
    stageName: stage.name,
    jobName: job.name,
    attempt: record.attempt,
    queueTime: nowOf(state),
    startTime: nowOf(state),
    finishTime: undefined as string | undefined,
    result: undefined as Result | undefined,
  };
  environment.deployments.unshift(deployment);
  return deployment;
}
