import { issueJobToken, revokeToken } from "../../azure-devops/authenticate.ts";
import type { Scope } from "../expressions/evaluate.ts";
import { prepareWorkspace } from "../agent/workspace.ts";
import type { Result, Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import { executeSteps } from "./execute-steps.ts";
import type { AtJob, JobContext } from "./job-context.ts";
import { startJobTime } from "./job-time.ts";
import { jobVariables } from "./predefined.ts";
import { reachableRepositories } from "./reachable-repositories.ts";
import { addIssue, beginRecord, endRecord } from "./records.ts";
import { resolveRuntime, settled } from "./runtime-values.ts";
import { jobDependencies, otherStages, pipelineValue } from "./scopes.ts";
import { addSecret } from "./secrets.ts";
import { expandMacros } from "./macros.ts";
import { setVariable } from "./variables.ts";

/** Runs one job with a token of its own, on an agent or on the server. */
export async function executeJob(state: PipelinesState, at: AtJob): Promise<Result> {
  const { run, stage, job, instance, record } = at;
  const variables = jobVariables(state, at);
  const scope = { names: jobNames(run, stage.name) };
  resolveRuntime(run, variables, scope);
  for (const { isSecret, value } of variables.values()) if (isSecret) addSecret(run, value);
  record.name = expandMacros(record.name, variables);
  const token = issueJobToken(state.organisation, {
    project: run.definition.project.id,
    buildId: run.id,
    repositories: reachableRepositories(state, run, { uses: job.uses, steps: instance.steps }),
  });
  addSecret(run, token);
  setVariable(variables, "System.AccessToken", { value: token, isSecret: true });
  const minutes = (text: string | undefined) =>
    text === undefined ? undefined : Number(settled(text, run, { variables, scope }));
  const time = startJobTime(state.organisation.clock, {
    run,
    stage: stage.name,
    minutes: limit(minutes(job.timeoutInMinutes), instance.server),
    cancelMinutes: minutes(job.cancelTimeoutInMinutes) ?? 5,
  });
  beginRecord(state, run, record);
  record.workerName = instance.server ? null : "sandbox agent 1";
  try {
    const workspace = instance.server ? undefined : await prepareWorkspace(state, at, variables);
    const context: JobContext = {
      ...{ ...at, state, variables, token, time, workspace },
      paths: [],
      endpointFields: new Map<string, string>(),
    };
    const steps = await executeSteps(context);
    const result = ended(context, steps);
    const forgiven = result === "failed" && forgives(context, scope);
    endRecord(state, run, { record, result: forgiven ? "succeededWithIssues" : result });
    return record.result ?? result;
  } finally {
    time.release();
    revokeToken(state.organisation, token);
  }
}

/** What runtime expressions of a job see besides its variables. */
export function jobNames(run: Run, stage: string) {
  return {
    dependencies: jobDependencies(run, stage),
    stageDependencies: otherStages(run),
    pipeline: pipelineValue(run),
  };
}

// Jobs end after 60 minutes unless they say otherwise. 0 is the most that an agent's job may take;
// on the server it is no limit of its own, and 72 h the most that one may ask for (research §1.2).
function limit(minutes: number | undefined, server: boolean): number {
  if (minutes === undefined || Number.isNaN(minutes)) return 60;
  if (server) return minutes === 0 ? 60 : Math.min(minutes, 72 * 60);
  return minutes === 0 ? 360 : minutes;
}

// A job that ran out of time shows as cancelled, with an error (seen in public runs).
function ended({ run, record, time }: JobContext, result: Result): Result {
  if (time.reason() === "timeout") {
    const where = record.workerName ? `on agent ${record.workerName}` : "on the server";
    const message = `The job running ${where} ran longer than the maximum time of ${time.minutes} minutes. For more information, see https://go.microsoft.com/fwlink/?linkid=2077134`;
    addIssue(run, record, { type: "error", message });
    return "canceled";
  }
  return time.asked.aborted ? "canceled" : result;
}

function forgives({ run, job, variables }: JobContext, scope: Scope): boolean {
  const text = job.continueOnError ?? "false";
  return settled(text, run, { variables, scope }).toLowerCase() === "true";
}
