import { listCommits } from "../clients/azure-devops/commits.ts";
import {
  takeOrAbsent,
  type AzureDevOps,
  type RepositoryRef,
} from "../clients/azure-devops/connection.ts";
import { listRefs } from "../clients/azure-devops/refs.ts";

/**
 * The commit of a branch. @returns undefined when there is no such branch: only where two different
 * calls say so, since much is concluded from it.
 */
export async function readBranchHead(
  ado: AzureDevOps,
  { repo, branch }: { readonly repo: RepositoryRef; readonly branch: string },
): Promise<string | undefined> {
  const refs = await listRefs(ado, { repo, filter: `heads/${branch}` });
  const found = refs.find(({ name }) => name === `refs/heads/${branch}`)?.objectId;
  if (found !== undefined) return found;
  const commits = await takeOrAbsent(listCommits(ado, { repo, branch, top: 1 }), noSuchBranch);
  return commits?.[0]?.commitId;
}

const noSuchBranch = ["GitUnresolvableToCommitException"];
