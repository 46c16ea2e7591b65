import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { readDifference } from "../../clients/azure-devops/diffs.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { Memory } from "./memory.ts";

/** Where the target branch stands, beside the commit that the merge was worked out onto. */
export type TargetMove =
  | { readonly state: "same" }
  | {
      readonly state: "moved";
      /** What the merge was worked out onto. */
      readonly from: string;
      readonly head: string;
      /** False: `from` is no part of it any more; undefined: not told. */
      readonly follows: boolean | undefined;
      /** Commits that came; undefined: not told. */
      readonly commits: number | undefined;
      /** Files that differ between the two. */
      readonly paths: readonly string[];
    }
  /** Deleted, or not for this viewer. */
  | { readonly state: "gone"; readonly from: string };

type Of = {
  readonly repo: RepositoryRef;
  readonly pullRequest: PullRequest;
  /** For one look: heads of branches that several pull requests have as their target. */
  readonly heads: Memory;
  /** What cannot change any more. */
  readonly memory: Memory;
};

/**
 * The merge is worked out by the service, and for the target as it was then (GitPullRequest's
 * `lastMergeTargetCommit`): that it does so again when only the target moves is said nowhere.
 * @returns undefined where no merge was worked out yet
 */
export async function loadTargetMove(
  ado: AzureDevOps,
  { repo, pullRequest, heads, memory }: Of,
): Promise<TargetMove | undefined> {
  const { targetRefName: ref, lastMergeTargetCommit } = pullRequest;
  const from = lastMergeTargetCommit?.commitId;
  if (from === undefined || pullRequest.status !== "active") return undefined;
  const head = await heads([repo.repository, ref], () => readHead(ado, { repo, ref }));
  if (head === from) return { state: "same" };
  if (head === undefined) return { state: "gone", from };
  return memory([repo.repository, from, head], () => loadMove(ado, { repo, from, head }));
}

/** Where a branch stands; undefined where it is not there, or not for this viewer. */
export async function readHead(
  ado: AzureDevOps,
  { repo, ref }: { readonly repo: RepositoryRef; readonly ref: string },
): Promise<string | undefined> {
  const found = await listRefs(ado, { repo, filter: ref.replace(/^refs\//, "") });
  return found.find(({ name }) => name === ref)?.objectId;
}

async function loadMove(
  ado: AzureDevOps,
  of: { readonly repo: RepositoryRef; readonly from: string; readonly head: string },
): Promise<TargetMove> {
  const { repo, from, head } = of;
  const { changes, common, ahead } = await readDifference(ado, { repo, base: from, target: head });
  const paths = changes.flatMap(({ path, originalPath }) => [path, originalPath ?? path]);
  return {
    state: "moved",
    from,
    head,
    follows: common === undefined ? undefined : common === from,
    commits: ahead,
    paths: [...new Set(paths)],
  };
}
