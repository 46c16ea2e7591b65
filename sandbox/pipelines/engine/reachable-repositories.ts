import type { PipelinesState, Run } from "../state.ts";
import type { Repository } from "../../azure-devops/state.ts";
import type { Job } from "../yaml/model.ts";

/**
 * Ids of the repositories that a job's token reaches: those that it checks out or names in
 * `uses`, and `self` ("Protect access to repositories in YAML pipelines", the default).
 */
export function reachableRepositories(
  state: PipelinesState,
  run: Run,
  job: Job,
): readonly string[] {
  const aliases = job.steps.flatMap(({ action }) =>
    action.kind === "checkout" && action.repository !== "none" ? [action.repository] : [],
  );
  return ["self", ...aliases, ...job.uses]
    .map((alias) => findRepository(state, run, alias)?.repository.id)
    .filter((id) => id !== undefined);
}

/** The repository behind `self` or an alias, and the ref to check out. */
export function findRepository(
  state: PipelinesState,
  run: Run,
  alias: string,
): { readonly repository: Repository; readonly ref: string } | undefined {
  const { project, repository } = run.definition;
  if (alias === "self") return { repository, ref: run.sourceVersion };
  const resource = run.pipeline?.resources.repositories.find((one) => one.alias === alias);
  const [name = "", inProject] = (resource?.name ?? alias).split("/").reverse();
  const found = state.organisation.projects
    .find((one) => one.name === (inProject ?? project.name))
    ?.repositories.find((one) => one.name === name);
  return found && { repository: found, ref: resource?.ref ?? found.defaultBranch };
}
