import { guidOf } from "../azure-devops/guid.ts";
import { resolveCommit } from "../azure-devops/git/objects.ts";
import type { Identity } from "../azure-devops/state.ts";
import { executeRun } from "./engine/execute-run.ts";
import { predefined } from "./engine/variables.ts";
import { loadPipeline } from "./load-pipeline.ts";
import { nowOf, type Definition, type PipelinesState, type Run } from "./state.ts";

export type RunRequest = {
  readonly definition: Definition;
  readonly reason: Run["reason"];
  /** `refs/heads/main`; absent: the repository's default branch. */
  readonly branch?: string | undefined;
  /** Absent: the branch's head. */
  readonly commit?: string | undefined;
  readonly by: Identity;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly triggeredBy?: Run;
};

/**
 * Makes a run and begins it. Its YAML is read first: what is wrong there fails the run before a
 * stage begins, as `validationError`.
 */
export async function queueRun(state: PipelinesState, request: RunRequest): Promise<Run> {
  const { definition, branch = definition.repository.defaultBranch } = request;
  const commit = request.commit ?? (await resolveCommit(definition.repository.directory, branch));
  if (!commit) throw new Error(`${branch} of ${definition.repository.name} has no commit`);
  const run = newRun(state, { ...request, branch, commit });
  state.runs.push(run);
  state.organisation.events.emit("buildChanged", { id: run.id });
  try {
    run.pipeline = await loadPipeline(state, definition, {
      commit,
      parameters: run.parameters,
      predefined: predefined(state, run),
    });
    for (const { alias, source } of run.pipeline.resources.pipelines) {
      const found = sourceRun(state, run, source);
      if (found) run.pipelineRuns.set(alias, found);
    }
  } catch (error) {
    run.validationError = error instanceof Error ? error.message : String(error);
    run.status = "completed";
    run.result = "failed";
    run.finishTime = nowOf(state);
    state.organisation.events.emit("buildChanged", { id: run.id });
    return run;
  }
  beginRun(state, run);
  return run;
}

/** Runs what of the run has no result yet, in the background; `state.running` tells when it ends. */
export function beginRun(state: PipelinesState, run: Run): void {
  const running: Promise<void> = executeRun(state, run)
    .catch((error: unknown) => {
      run.validationError = error instanceof Error ? error.message : String(error);
      run.status = "completed";
      run.result = "failed";
      run.finishTime = nowOf(state);
      state.organisation.events.emit("buildChanged", { id: run.id });
    })
    .finally(() => state.running.delete(running));
  state.running.add(running);
}

function newRun(
  state: PipelinesState,
  request: RunRequest & { readonly branch: string; readonly commit: string },
): Run {
  const { definition, reason, branch, commit, by, parameters = {}, triggeredBy } = request;
  const id = (state.counters.run += 1);
  const day = nowOf(state).slice(0, 10).replaceAll("-", "");
  const prefix = `${day}.`;
  const today = state.runs.filter(
    (run) => run.definition === definition && run.buildNumber.startsWith(prefix),
  ).length;
  return {
    id,
    definition,
    buildNumber: `${prefix}${today + 1}`,
    planId: guidOf(state.organisation.name, "plan", String(id)),
    reason,
    queueTime: nowOf(state),
    sourceBranch: branch,
    sourceVersion: commit,
    requestedFor: by,
    parameters,
    triggeredBy,
    pipelineRuns: new Map(),
    pipeline: undefined,
    status: "notStarted",
    result: undefined,
    startTime: undefined,
    finishTime: undefined,
    validationError: undefined,
    tags: new Set(),
    records: new Map(),
    logs: new Map(),
    artifacts: new Map(),
    stageResults: new Map(),
    attempts: new Map(),
    outputs: new Map(),
    jobResults: new Map(),
    waiting: new Map(),
    cancellations: new Set(),
    secrets: new Set(),
  };
}

// The run that triggered this one, otherwise the newest successful one of the source.
function sourceRun(state: PipelinesState, run: Run, source: string): Run | undefined {
  if (run.triggeredBy?.definition.name === source) return run.triggeredBy;
  return state.runs.findLast(
    ({ definition, result }) =>
      definition.name === source && (result === "succeeded" || result === "partiallySucceeded"),
  );
}
