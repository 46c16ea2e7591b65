import { readVoteTimes, type Iteration } from "../../clients/azure-devops/pull-request-history.ts";
import { isApproval } from "../../core/azure-devops/approvers.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { Approval } from "../../core/four-eyes/decide-four-eyes.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { isPerson, someoneIn, someoneOf, type Directory } from "./directory.ts";

/** Who approved, whether it is a person, and whether it was after the last push. */
export async function readApprovals(
  { ado }: Pick<Connector, "ado">,
  directory: Directory,
  of: {
    readonly repository: ManifestsRepository;
    readonly pullRequest: PullRequest;
    /** Oldest first. */
    readonly iterations: readonly Iteration[];
  },
): Promise<readonly Approval[]> {
  const { repository, pullRequest, iterations } = of;
  const voters = (pullRequest.reviewers ?? []).filter(isApproval);
  if (voters.length === 0) return [];
  const pushed = iterations.length > 1 ? Date.parse(iterations.at(-1)?.createdDate ?? "") : 0;
  const times =
    pushed === 0
      ? new Map<string, number>()
      : await readVoteTimes(ado, { repo: repository.ref, id: pullRequest.pullRequestId });
  return Promise.all(
    voters.map(async (voter): Promise<Approval> => {
      const found = await directory.byId(voter.id);
      return {
        by: found ? someoneOf(found) : someoneIn(voter),
        isPerson: isPerson(found?.descriptor),
        isCurrent: pushed === 0 || (times.get(voter.id) ?? 0) > pushed,
      };
    }),
  );
}
