import {
  createPullRequest,
  findPullRequests,
  type NewPullRequest,
} from "../../clients/azure-devops/pull-requests.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { HttpError } from "../../core/errors.ts";
import {
  draftReasons,
  pullRequestDescription,
  pullRequestTitle,
} from "../../core/report/pull-request-text.ts";
import { type RunBranch, runBranchName } from "../../core/run/branch.ts";
import type { Work } from "./deps.ts";
import type { Told } from "./facts.ts";
import { explainRefusals } from "./refusal.ts";
import { deleteBranch } from "./retire.ts";
import { wantedLabels } from "./set-labels.ts";
import { mayBeForWorkItems, findWantedWorkItems, warnOfUnlinked } from "./work-items.ts";

/** Opens the pull request of a pushed branch; takes the branch back when the service refuses. */
export async function openPullRequest(
  work: Work,
  {
    branch,
    commit,
    facts,
  }: { readonly branch: RunBranch; readonly commit: string } & Pick<Told, "facts">,
): Promise<PullRequest> {
  const { ado, repo, inputs } = work;
  const name = runBranchName(branch);
  const refs = {
    sourceRef: `refs/heads/${name}`,
    targetRef: `refs/heads/${inputs.targetBranch}`,
  };
  try {
    return await explainRefusals(
      work,
      `open a pull request from ${name} to ${inputs.targetBranch}`,
      () =>
        createLinked(work, {
          repo,
          ...refs,
          title: pullRequestTitle(facts),
          description: pullRequestDescription(facts),
          isDraft: draftReasons(facts).length > 0,
          labels: wantedLabels(work),
          reviewers: work.reviewers,
        }),
    );
  } catch (error) {
    // A lost answer, and the list that did not show it yet.
    const [existing] = await findPullRequests(ado, { repo, status: "active", ...refs });
    if (existing !== undefined) return existing;
    await deleteBranch(work, { name, head: commit });
    throw error;
  }
}

/** With the work items; without them where the service refuses it for their sake. */
async function createLinked(work: Work, options: NewPullRequest): Promise<PullRequest> {
  const { ado } = work;
  const wanted = await findWantedWorkItems(work);
  let refusal: HttpError | undefined;
  const made = await createPullRequest(ado, { ...options, workItems: wanted }).catch(
    (error: unknown) => {
      if (wanted.length === 0 || !mayBeForWorkItems(error)) throw error;
      refusal = error;
      return createPullRequest(ado, options);
    },
  );
  await warnOfUnlinked(work, { id: made.pullRequestId, wanted, refusal });
  return made;
}
