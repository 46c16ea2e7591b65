import type { PolicyEvaluation, PullRequest } from "../../rest-types.ts";

/** What the policies of the target branch say of the pull request. */
export function loadPolicies(
  _project: string,
  _pullRequest: PullRequest,
): Promise<readonly PolicyEvaluation[]> {
  return Promise.resolve([]);
}
