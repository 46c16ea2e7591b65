import type { Reviewer } from "./types.ts";

/** Of a vote: 10 approves, 5 with suggestions. */
export function isApproval({ vote }: Pick<Reviewer, "vote">): boolean {
  return vote >= 5;
}

/** Who approves, with suggestions or without: people; a group bears the vote of one of its members. */
export function approversOf(reviewers: readonly Reviewer[]): readonly Reviewer[] {
  const approving = reviewers.filter(isApproval);
  const people = approving.filter(({ isContainer }) => isContainer !== true);
  return people.length > 0 ? people : approving;
}
