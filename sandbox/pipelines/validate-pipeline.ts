// What the sandbox must have before a run begins: tasks that it can run, repositories.
import type { Run } from "./run.ts";
import { agentTasks, serverTasks } from "./known-tasks.ts";
import type { PipelinesState } from "./state.ts";
import { findRepository } from "./find-repository.ts";
import { checkedOut } from "./engine/reachable-repositories.ts";
import type { Job, Pipeline, Step } from "./yaml/model.ts";
import { PipelineError } from "./yaml/node.ts";

/** @throws for the first thing that is missing, with file and line where there is one. */
export function validatePipeline(state: PipelinesState, run: Run, pipeline: Pipeline): void {
  for (const stage of pipeline.stages) {
    for (const job of stage.jobs) {
      for (const step of stepsOf(job)) demandTask(state, step);
      demandRepositories(state, run, job);
      demandResource(state, run, job);
    }
  }
}

function stepsOf({ steps, strategy }: Job): readonly Step[] {
  return strategy.kind === "runOnce" ? strategy.hooks.flatMap((hook) => hook.steps) : steps;
}

function demandTask(state: PipelinesState, { action, at }: Step): void {
  if (action.kind !== "task") return;
  const name = action.task.toLowerCase();
  if (state.tasks.has(name) || agentTasks.includes(name) || serverTasks.includes(name)) return;
  throw new PipelineError(`The sandbox has no task ${action.task}@${action.version}.`, at);
}

// A new environment is made by the run; whether the service then asks for its resource is UNVERIFIED.
function demandResource(state: PipelinesState, run: Run, { name, environment, at }: Job): void {
  const resource = environment?.resourceName?.toLowerCase();
  if (!environment || resource === undefined) return;
  const found = state.environments.find(
    (one) =>
      one.project === run.definition.project &&
      one.name.toLowerCase() === environment.name.toLowerCase(),
  );
  if (!found || found.resources.some((one) => one.name.toLowerCase() === resource)) return;
  throw new PipelineError(
    `Job ${name}: Resource ${environment.resourceName ?? ""} does not exist in environment ${environment.name}.`,
    at,
  );
}

function demandRepositories(state: PipelinesState, run: Run, job: Job): void {
  for (const alias of [...checkedOut(stepsOf(job)), ...job.uses]) {
    if (!findRepository(state, run, alias)) {
      throw new PipelineError(
        `The pipeline is not valid. Job ${job.name}: repository ${alias} could not be found.`,
        job.at,
      );
    }
  }
}
