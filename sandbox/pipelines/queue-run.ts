import { guidOf } from "../azure-devops/guid.ts";
import { resolveCommit } from "../azure-devops/git/objects.ts";
import type { Definition } from "./definition.ts";
import { executeRun } from "./engine/execute-run.ts";
import { predefined } from "./engine/predefined.ts";
import { addSecret } from "./engine/secrets.ts";
import { tell } from "./engine/tell.ts";
import { loadPipeline } from "./load-pipeline.ts";
import { demandNamed } from "./named-things.ts";
import { newRun } from "./new-run.ts";
import { findPipelineRuns } from "./pipeline-resources.ts";
import type { Run } from "./run.ts";
import type { RunRequest } from "./run-request.ts";
import { runNumber } from "./run-number.ts";
import { nowOf, type PipelinesState } from "./state.ts";
import { validatePipeline } from "./validate-pipeline.ts";
import type { Composed } from "./yaml/compose-pipeline.ts";
import { readPipeline } from "./yaml/read-pipeline.ts";

/**
 * Makes a run and begins it. Its YAML is read first: what is wrong there fails the run before a
 * stage begins, as `validationError`.
 */
export async function queueRun(state: PipelinesState, request: RunRequest): Promise<Run> {
  const { run, loaded } = await readRun(state, request);
  state.runs.push(run);
  run.buildNumber = runNumber(state, run, loaded ? run.pipeline?.name : undefined);
  tell(state, run);
  if (loaded) beginRun(state, run);
  else fail(state, run, run.validationError ?? "");
  return run;
}

/** What a run would be: its YAML read and its resources found, or why that cannot be. */
export async function readRun(
  state: PipelinesState,
  request: RunRequest,
): Promise<{
  readonly run: Run;
  readonly loaded: Composed | undefined;
}> {
  const { definition, versions = {}, refs = {} } = request;
  const branch = fullRef(request.branch ?? definition.repository.defaultBranch);
  const commit = request.commit ?? (await resolveCommit(definition.repository.directory, branch));
  const id = (state.counters.run += 1);
  const planId = guidOf(state.organisation.name, "plan", String(id));
  const run = newRun({
    ...request,
    ...{ id, planId, branch, commit: commit ?? "", now: nowOf(state) },
  });
  for (const { value, isSecret } of [...definition.variables.values(), ...run.variables.values()]) {
    if (isSecret) addSecret(run, value);
  }
  try {
    if (!commit)
      throw new Error(`Could not find the ref ${branch} in ${definition.repository.name}.`);
    const loaded = await loadPipeline(state, definition, {
      ...{ commit, refs, yaml: request.yaml },
      parameters: request.parameters ?? {},
      predefined: { ...literal(definition.variables), ...predefined(state, run) },
    });
    demandNamed(state, run, loaded.normal);
    // A preview shows what the service would run, whether or not the sandbox can.
    if (request.preview) return { run, loaded };
    run.pipeline = readPipeline(loaded.expanded);
    validatePipeline(state, run, run.pipeline);
    findPipelineRuns(state, run, versions);
    return { run, loaded };
  } catch (error) {
    run.pipeline = undefined;
    run.validationError = error instanceof Error ? error.message : String(error);
    return { run, loaded: undefined };
  }
}

/** Runs what of the run has no result yet, in the background; `state.running` tells when it ends. */
export function beginRun(state: PipelinesState, run: Run): void {
  // Whoever queued it still sees it as not started.
  const running: Promise<void> = new Promise((resolve) => setImmediate(resolve))
    .then(() => executeRun(state, run))
    .catch((error: unknown) => {
      fail(state, run, error instanceof Error ? error.message : String(error));
    })
    .finally(() => state.running.delete(running));
  state.running.add(running);
}

function fail(state: PipelinesState, run: Run, message: string): void {
  run.validationError = message;
  run.status = "completed";
  run.result = "failed";
  run.finishTime = nowOf(state);
  tell(state, run);
}

function fullRef(branch: string): string {
  return branch.startsWith("refs/") ? branch : `refs/heads/${branch}`;
}

// Settings' variables are known when templates are read, but not those that are secret.
function literal(variables: Definition["variables"]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...variables].flatMap(([name, { value, isSecret }]) => (isSecret ? [] : [[name, value]])),
  );
}
