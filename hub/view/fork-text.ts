import type { ForkSource, PullRequest } from "../../core/azure-devops/types.ts";

/** `project/repository`, as far as it is told. */
export function forkName({ repository }: ForkSource): string {
  if (repository === undefined) return "that is gone, or that you may not see";
  const { name, project } = repository;
  return project === undefined ? name : `${project.name}/${name}`;
}

/** Where a pull request comes from, as a sentence; undefined: a branch beside its target. */
export function forkText({
  forkSource,
  sourceRefName,
}: Pick<PullRequest, "forkSource" | "sourceRefName">): string | undefined {
  if (!forkSource) return undefined;
  return `From branch ${sourceRefName.replace("refs/heads/", "")} of a fork: ${forkName(forkSource)}.`;
}
