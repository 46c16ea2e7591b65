// An act on a pull request whose answer was lost may have been done all the same: the pull request
// itself tells, a few seconds later.
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { HttpError } from "../../core/errors.ts";
import { plainError } from "./plain-error.ts";
import { isSaidByVote, type Voting } from "./vote-view.ts";

export type Act = "publish" | "approve" | "complete" | "completeLater" | "reject";

const nouns: Readonly<Record<Act, string>> = {
  publish: "Publishing it",
  approve: "Your approval",
  complete: "The merge",
  completeLater: "To complete by itself",
  reject: "Your rejection",
};

/** What went wrong, with what it was: the service's own errors do not say. */
export function actErrorText(act: Act, error: unknown): string {
  const text = plainError(error);
  return error instanceof HttpError ? `${nouns[act]}: ${text}` : text;
}

/** Whether what was wanted is so by now, whatever answer came. */
export function isReached(act: Act, pullRequest: PullRequest, of: Voting): boolean {
  switch (act) {
    case "publish":
      return pullRequest.isDraft !== true;
    case "approve":
      return isSaidByVote(pullRequest, of);
    case "complete":
      return pullRequest.status === "completed";
    case "completeLater":
      return pullRequest.autoCompleteSetBy !== undefined || pullRequest.status === "completed";
    case "reject":
      return pullRequest.status === "abandoned";
  }
}
