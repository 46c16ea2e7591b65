import type { Run } from "./run.ts";
import type { PipelinesState } from "./state.ts";
import { matchesPattern } from "./triggers/filters.ts";
import type { PipelineResource } from "./yaml/model.ts";

/**
 * Finds the run behind each pipeline resource: the one that triggered, the number that was asked
 * for, otherwise the newest that went well (documents: "pipelines resource", evaluation of
 * version). @throws for a number that no run has.
 */
export function findPipelineRuns(
  state: PipelinesState,
  run: Run,
  versions: Readonly<Record<string, string>>,
): void {
  for (const resource of run.pipeline?.resources.pipelines ?? []) {
    const version = versions[resource.alias] ?? resource.version;
    const found = sourceRun(state, run, { ...resource, version });
    if (found) run.pipelineRuns.set(resource.alias, found);
    else if (version !== undefined) {
      throw new Error(
        `Pipeline Resource ${resource.alias} Input Must be Valid: no run ${version} of ${resource.source}.`,
      );
    }
  }
}

function sourceRun(
  state: PipelinesState,
  run: Run,
  { source, version, branch, tags, project }: PipelineResource,
): Run | undefined {
  const of = (one: Run) => {
    const { name, path, project: own } = one.definition;
    const full = `${path === "\\" ? "" : path}\\${name}`;
    const inProject = own.name === (project ?? run.definition.project.name);
    return inProject && (name === source || full === `\\${source.replace(/^\\/, "")}`);
  };
  if (version === undefined && run.triggeredBy && of(run.triggeredBy)) return run.triggeredBy;
  return state.runs.findLast(
    (one) =>
      of(one) &&
      (version === undefined
        ? (one.result === "succeeded" || one.result === "partiallySucceeded") &&
          (branch === undefined || matchesPattern(one.sourceBranch, branch)) &&
          tags.every((tag) => one.tags.has(tag))
        : one.buildNumber === version),
  );
}
