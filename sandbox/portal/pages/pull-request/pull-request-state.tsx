import * as React from "react";
import type { PullRequest } from "../../rest-types.ts";

/** Active, draft, completed or abandoned, as a word on its own ground. */
export function PullRequestState({
  pullRequest: { status, isDraft, autoCompleteSetBy },
}: {
  readonly pullRequest: PullRequest;
}) {
  const state = status === "active" && isDraft ? "draft" : status;
  return (
    <>
      <span className={`portal-tag portal-state portal-state-${state}`}>
        {state.charAt(0).toUpperCase() + state.slice(1)}
      </span>
      {status === "active" && autoCompleteSetBy && (
        <span className="portal-tag">Auto-complete by {autoCompleteSetBy.displayName}</span>
      )}
    </>
  );
}
