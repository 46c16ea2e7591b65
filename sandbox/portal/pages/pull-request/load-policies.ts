import { list } from "../../rest.ts";
import type { PolicyEvaluation, PullRequest } from "../../rest-types.ts";

/** What the policies of the target branch say of the pull request. */
export function loadPolicies(
  project: string,
  { pullRequestId, repository }: PullRequest,
): Promise<readonly PolicyEvaluation[]> {
  const artifact = `vstfs:///CodeReview/CodeReviewId/${repository.project.id}/${pullRequestId}`;
  return list<PolicyEvaluation>(
    `${project}/_apis/policy/evaluations?artifactId=${encodeURIComponent(artifact)}&api-version=7.1-preview.1`,
  );
}
