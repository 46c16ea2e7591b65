import type { PolicyEvaluation } from "../../rest-types.ts";

/** A policy as a sentence. */
export function policyName({ configuration: { type, settings } }: PolicyEvaluation): string {
  const { minimumApproverCount, displayName, statusName, statusGenre } = settings;
  if (minimumApproverCount !== undefined) {
    return `At least ${minimumApproverCount} ${minimumApproverCount === 1 ? "reviewer" : "reviewers"} must approve`;
  }
  if (statusName !== undefined) {
    return `Status ${statusGenre ? `${statusGenre}/` : ""}${statusName} must succeed`;
  }
  return displayName ?? type.displayName ?? "Policy";
}

/** The state of an evaluation in words that do not need the documents. */
export function policyState({ status }: PolicyEvaluation): string {
  switch (status) {
    case "approved":
      return "succeeded";
    case "rejected":
    case "broken":
      return "failed";
    case "running":
      return "inProgress";
    case "notApplicable":
      return "notApplicable";
    default:
      return "pending";
  }
}

/** Why it cannot be completed yet: the required policies that have not passed. */
export function blockingReasons(policies: readonly PolicyEvaluation[]): readonly string[] {
  return policies
    .filter(
      ({ status, configuration }) =>
        configuration.isBlocking && status !== "approved" && status !== "notApplicable",
    )
    .map((policy) => `Required: ${policyName(policy)}.`);
}
