import { ApiError, refusals } from "../api-error.ts";
import type { Call } from "../route.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import { pullRequestsOf } from "../pull-requests/pull-requests-of.ts";
import { demand, repositoryOf } from "./git-call.ts";

/** Where a pull request's parts are found. */
export const inPullRequest =
  "{project?}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}";

/** The pull request that the call names. @throws TF401180 */
export function pullRequestOf(call: Call): PullRequest {
  const id = Number(call.params["pullRequestId"]);
  const found = pullRequestsOf(call.organisation, repositoryOf(call)).find((one) => one.id === id);
  if (!found) throw refusals.pullRequest(call.params["pullRequestId"] ?? "");
  return found;
}

/** As {@link pullRequestOf}, for those who may take part in it. @throws TF401027 */
export function contributeTo(call: Call): PullRequest {
  const pullRequest = pullRequestOf(call);
  demand(call, "PullRequestContribute", { repository: pullRequest.repository });
  return pullRequest;
}

/** @throws TF401181 once it is completed or abandoned */
export function demandOpen({ status }: PullRequest): void {
  if (status === "active") return;
  throw new ApiError(
    409,
    "GitPullRequestNotEditableException",
    "TF401181: The pull request cannot be edited due to its state.",
  );
}
