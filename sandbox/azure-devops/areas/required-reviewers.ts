import type { Identities } from "../identity.ts";
import { requiredReviewersOf } from "../policies/evaluate.ts";
import { looksAt } from "../policies/file-patterns.ts";
import { policiesFor } from "../policies/matching.ts";
import { type Policies, policyTypeOf } from "../policies/policy.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import { addReviewer } from "./reviewers.ts";

/** Adds those whom the policies of the target branch name; nobody reviews what is their own. */
export function addRequiredReviewers(
  organisation: Identities & Policies,
  pullRequest: PullRequest,
): void {
  const { repository, targetRef } = pullRequest;
  for (const { typeId, isBlocking, settings } of policiesFor(organisation, repository, targetRef)) {
    if (policyTypeOf(typeId) !== "requiredReviewers" || !looksAt(settings, pullRequest)) continue;
    for (const id of requiredReviewersOf(settings)) {
      if (id === pullRequest.createdBy.id) continue;
      addReviewer(organisation, pullRequest, { id, isRequired: isBlocking });
    }
  }
}
