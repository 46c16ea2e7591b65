// Who voted what, when and on what. The vote is the service's word; what it was given for stands in
// a record beside it, which counts only together with the vote.
import { isApproval } from "../../core/azure-devops/approvers.ts";
import type { PullRequest, Reviewer } from "../../core/azure-devops/types.ts";
import type { VoteRecord } from "../../core/run/vote-record.ts";
import { momentText } from "./moment.ts";

/** What an approval was given for, against what is on the screen. */
export type VoteSubject =
  | { readonly on: "this" | "other"; readonly record: VoteRecord }
  /** Given elsewhere, or nothing is compared yet. */
  | { readonly on: "unknown"; readonly record: VoteRecord | undefined };

export type VoteView = {
  readonly text: string;
  readonly tone: "good" | "bad" | "plain" | "warning";
};

export type Voting = {
  /** Undefined: not read. */
  readonly voteRecords: ReadonlyMap<string, VoteRecord> | undefined;
  /** Of what is on the screen; undefined until something is compared. */
  readonly digest: string | undefined;
  /** Undefined: not read. */
  readonly me: { readonly id: string } | undefined;
};

export function voteSubject({ id }: Pick<Reviewer, "id">, of: Omit<Voting, "me">): VoteSubject {
  const record = of.voteRecords?.get(id.toLowerCase());
  if (record === undefined || of.digest === undefined) return { on: "unknown", record };
  return { on: record.digest === of.digest ? "this" : "other", record };
}

/** The viewer's own vote, where it approves. */
export function myApproval(
  { reviewers = [] }: PullRequest,
  { me }: Pick<Voting, "me">,
): Reviewer | undefined {
  return reviewers.find((one) => one.id === me?.id && isApproval(one));
}

/** Whether the viewer's vote is told as one for this digest: then it need not be said a second time. */
export function isSaidByVote(pullRequest: PullRequest, of: Voting): boolean {
  const mine = myApproval(pullRequest, of);
  return mine !== undefined && voteSubject(mine, of).on === "this";
}

/** @returns undefined for who has not voted */
export function voteView(
  reviewer: Reviewer,
  { now, zone, ...voting }: Voting & { readonly now: number; readonly zone?: string },
): VoteView | undefined {
  const who = reviewer.id === voting.me?.id ? "You" : reviewer.displayName;
  switch (reviewer.vote) {
    case 10:
    case 5: {
      const said = reviewer.vote === 10 ? "approved" : "approved with suggestions";
      const subject = voteSubject(reviewer, voting);
      const at = subject.record === undefined ? "" : ` ${momentText(subject.record.at, now, zone)}`;
      if (subject.on === "other") {
        return { text: `${who} ${said}${at}: it has changed since`, tone: "warning" };
      }
      if (subject.on === "this") {
        return { text: `${who} ${said}${at}: what is shown here`, tone: "good" };
      }
      const open = subject.record === undefined && voting.digest !== undefined;
      const why = voting.voteRecords === undefined ? "could not be read" : "is not recorded";
      const unsaid = open ? `: on what ${why}` : "";
      return { text: `${who} ${said}${at}${unsaid}`, tone: open ? "plain" : "good" };
    }
    case -5:
      return { text: `${who} ${who === "You" ? "wait" : "waits"} for the author`, tone: "plain" };
    case -10:
      return { text: `${who} rejected`, tone: "bad" };
    default:
      return undefined;
  }
}
