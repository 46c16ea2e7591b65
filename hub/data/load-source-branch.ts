import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { Memory } from "./memory.ts";
import { readHead } from "./load-target-move.ts";

/**
 * Whether the branch that an open pull request would merge is there. A branch that is deleted ends no
 * pull request: it stays open with the merge that was worked out last (UNVERIFIED, docs/unverified.md,
 * 38).
 * @returns false where it was deleted, or is not for this viewer; true of one that has ended
 */
export async function loadHasBranch(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly pullRequest: PullRequest;
    readonly heads: Memory;
  },
): Promise<boolean> {
  const { repo, pullRequest, heads } = of;
  const { sourceRefName: ref, forkSource, status } = pullRequest;
  if (status !== "active") return true;
  const at = forkSource === undefined ? repo : placeOf(forkSource.repository, repo);
  if (at === undefined) return false;
  return (await heads([at.repository, ref], () => readHead(ado, { repo: at, ref }))) !== undefined;
}

function placeOf(
  fork: NonNullable<PullRequest["forkSource"]>["repository"],
  { project }: RepositoryRef,
): RepositoryRef | undefined {
  return fork && { project: fork.project?.id ?? project, repository: fork.id };
}
