import type { Reviewer } from "./types.ts";

const approves = 5;

/** Who approves, with suggestions or without: people; a group bears the vote of one of its members. */
export function approversOf(reviewers: readonly Reviewer[]): readonly Reviewer[] {
  const approving = reviewers.filter(({ vote }) => vote >= approves);
  const people = approving.filter(({ isContainer }) => isContainer !== true);
  return people.length > 0 ? people : approving;
}
