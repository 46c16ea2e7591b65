// https://learn.microsoft.com/azure/devops/pipelines/process/pipeline-triggers
import { resolveCommit } from "../../azure-devops/git/objects.ts";
import type { Definition } from "../definition.ts";
import { good } from "../engine/results.ts";
import { loadStarts } from "../load-pipeline.ts";
import { queueRun } from "../queue-run.ts";
import type { Run } from "../run.ts";
import type { PipelinesState } from "../state.ts";
import type { PipelineResource } from "../yaml/model.ts";
import { matchesPattern, passesFilter } from "./filters.ts";
import { startBatch } from "./on-push.ts";

/** Starts what waits for the end of a run: its own next batch, and pipelines that name it. */
export async function onRunCompleted(state: PipelinesState, run: Run): Promise<void> {
  await startBatch(state, run);
  for (const definition of state.definitions) {
    if (definition.queueStatus !== "enabled" || definition === run.definition) continue;
    const resource = await findTriggeredResource(definition, run);
    if (!resource) continue;
    // In one repository both runs use the same commit (documents: "Branch considerations").
    const same = definition.repository === run.definition.repository;
    await queueRun(state, {
      definition,
      reason: "resourceTrigger",
      branch: same ? run.sourceBranch : undefined,
      commit: same ? run.sourceVersion : undefined,
      by: run.requestedFor,
      triggeredBy: run,
      triggerInfo: {
        ...{ alias: resource.alias, pipelineId: String(run.id), source: run.definition.name },
        artifactType: "Pipeline",
        version: run.buildNumber,
        pipelineTriggerType: "PipelineCompletion",
        projectId: run.definition.project.id,
        definitionId: String(run.definition.id),
      },
    });
  }
}

async function findTriggeredResource(
  definition: Definition,
  run: Run,
): Promise<PipelineResource | undefined> {
  const { directory, defaultBranch } = definition.repository;
  const head = await resolveCommit(directory, defaultBranch);
  const starts = head && (await loadStarts(definition, head).catch(() => undefined));
  if (!starts) return undefined;
  return starts.resources.pipelines.find(
    (one) =>
      one.trigger !== undefined && sameSource(one, definition, run) && passes(one.trigger, run),
  );
}

function sameSource({ source, project }: PipelineResource, definition: Definition, run: Run) {
  const { name, path, project: own } = run.definition;
  const full = `${path === "\\" ? "" : path}\\${name}`;
  const wanted = source.startsWith("\\") ? source : `\\${source}`;
  return (source === name || wanted === full) && own.name === (project ?? definition.project.name);
}

function passes(
  { branches, tags, stages }: NonNullable<PipelineResource["trigger"]>,
  run: Run,
): boolean {
  if (branches && !passesFilter(run.sourceBranch, branches)) return false;
  if (!tags.every((tag) => run.tags.has(tag))) return false;
  // With stages named, they must have gone well, whatever became of the others.
  if (stages.length > 0) {
    return stages.every((wanted) =>
      [...run.stageResults].some(
        ([name, result]) => matchesPattern(name, wanted) && good.includes(result),
      ),
    );
  }
  return run.result === "succeeded" || run.result === "partiallySucceeded";
}
