import { getPullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { fetchTips, readRemoteHead } from "../../clients/git.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { Work } from "./deps.ts";
import { placeRender } from "./place-render.ts";

/** Whether the target still holds the render: `parent` is where it was seen to. */
export async function askWhetherHeld(work: Work, parent: string): Promise<boolean> {
  const { git, inputs, render } = work;
  if ((await readRemoteHead(git, inputs.targetBranch)) === parent) return true;
  const [commit = ""] = await fetchTips(git, [inputs.targetBranch]);
  return (await placeRender(git, { commit, render, allowEmpty: inputs.allowEmpty })).unchanged;
}

// The service merges for a try after it has answered; what takes longer is told by the wait.
const pausesMs = [100, 250, 500, 1000, 2000, 4000];

/**
 * Whether a pull request that was opened just now cannot be merged, because the target moved since
 * it was read at `parent`.
 */
export async function lookForConflict(
  work: Work,
  { opened, parent }: { readonly opened: PullRequest; readonly parent: string },
): Promise<boolean> {
  const { ado, repo, git, inputs } = work;
  if ((await readRemoteHead(git, inputs.targetBranch)) === parent) return false;
  const id = opened.pullRequestId;
  for (const pause of pausesMs) {
    const now = await getPullRequest(ado, { repo, id });
    const isPending = now?.mergeStatus === "queued" || now?.mergeStatus === "notSet";
    if (now?.status !== "active" || !isPending) return now?.mergeStatus === "conflicts";
    await new Promise((resume) => setTimeout(resume, pause));
  }
  return false;
}
