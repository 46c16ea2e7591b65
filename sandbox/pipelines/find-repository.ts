import type { Project } from "../azure-devops/project.ts";
import type { Repository } from "../azure-devops/repository.ts";
import type { Run } from "./run.ts";
import type { PipelinesState } from "./state.ts";

/** `repository` of the project, or `project/repository`. */
export function findRepositoryByName(
  state: PipelinesState,
  project: Project,
  fullName: string,
): Repository | undefined {
  const [name = "", inProject = project.name] = fullName.toLowerCase().split("/").reverse();
  return state.organisation.projects
    .find((one) => one.name.toLowerCase() === inProject.toLowerCase())
    ?.repositories.find((one) => one.name.toLowerCase() === name);
}

/** The repository behind `self` or an alias, and the ref to check out. */
export function findRepository(
  state: PipelinesState,
  run: Run,
  alias: string,
): { readonly repository: Repository; readonly ref: string } | undefined {
  const { project, repository } = run.definition;
  if (alias === "self") return { repository, ref: run.sourceVersion };
  const resource = run.pipeline?.resources.repositories.find(
    (one) => one.alias.toLowerCase() === alias.toLowerCase(),
  );
  // `git://project/repository@ref` inline (documents: Multi-repo checkout).
  const inline = /^git:\/\/([^@]+)(?:@(.+))?$/.exec(alias);
  const found = findRepositoryByName(state, project, resource?.name ?? inline?.[1] ?? alias);
  if (!found || (!resource && !inline)) return undefined;
  const chosen = run.refs[resource?.alias ?? ""];
  return { repository: found, ref: chosen ?? resource?.ref ?? inline?.[2] ?? found.defaultBranch };
}
