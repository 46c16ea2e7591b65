import type { MergeStrategy } from "../../clients/azure-devops/merge-strategies.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { VoteRecord } from "../../core/run/vote-record.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";
import type { Policies, TargetBranch } from "../data/load-policies.ts";
import type { Rights } from "../data/load-rights.ts";
import { agoText } from "./ago.ts";
import { forkName } from "./fork-text.ts";
import { policyText } from "./policy-text.ts";
import { myApproval, type VoteView, voteSubject, voteView } from "./vote-view.ts";

/** What an approver can do now; a reason stands where something cannot be done. */
export type DecisionView = {
  /** Who voted what, the viewer as "you". */
  readonly votes: readonly VoteView[];
  /** The viewer's own approval, where it was given for something else than what is shown. */
  readonly stale: VoteRecord | undefined;
  /** Only of an open pull request. */
  readonly actions: Actions | undefined;
  /** How it ended; undefined while it is open. */
  readonly outcome: { readonly tone: "good" | "bad"; readonly text: string } | undefined;
};

export type Actions = {
  /** A draft: nobody can vote on it or complete it until somebody publishes it. */
  readonly publish: boolean;
  /** False once the viewer has approved what is shown. */
  readonly approve: boolean;
  /** Why there is nothing to approve yet; undefined once something is compared. */
  readonly cannotApprove: string | undefined;
  /** Why the viewer may neither approve nor reject; undefined when that is allowed. */
  readonly cannotDecide: string | undefined;
  /** Why it cannot be completed now; undefined when it can. */
  readonly cannotComplete: string | undefined;
  /** That it completes by itself, when, and with what, as a sentence; undefined: it does not. */
  readonly completesItself: string | undefined;
  /** What is shown is what would be merged now, and only policies stand against it: it can be told to complete once they are met. */
  readonly mayCompleteItself: boolean;
  /** What could not be read of all this, as a sentence. */
  readonly unread: string | undefined;
  /** Ways to merge to choose from; empty where there is nothing to choose. */
  readonly strategies: readonly MergeStrategy[];
  /** The way that is taken unless another is chosen; undefined leaves it to the service. */
  readonly strategy: MergeStrategy | undefined;
};

type Facts = Pick<
  PullRequestFacts,
  "pullRequest" | "me" | "rejection" | "abandonedBy" | "voteRecords" | "hasBranch"
> & {
  /** Of what is on the screen; undefined until something is compared. */
  readonly digest: string | undefined;
  /** The comparison goes on; one that failed hinders nobody. */
  readonly isComparing?: boolean;
  /** What is on the screen is no longer what the merge would give: the target has moved. */
  readonly isStale?: boolean;
  /** Undefined while it is not known. */
  readonly rights: Rights | undefined;
  /** Undefined while it is not known. */
  readonly policies: Policies | undefined;
  /** Undefined while it is not known. */
  readonly branch: TargetBranch | undefined;
};

export function decisionView(facts: Facts, now: number): DecisionView {
  const { reviewers = [], status } = facts.pullRequest;
  return {
    votes: reviewers.flatMap((reviewer) => voteView(reviewer, { ...facts, now }) ?? []),
    stale: status === "active" ? staleVote(facts) : undefined,
    actions: status === "active" ? actionsOn(facts) : undefined,
    outcome: outcomeOf(facts, now),
  };
}

const movedOn =
  "Its target branch has moved since what is shown was compared: from here it can be completed once that is compared anew.";
const notCompared = "It can be completed from here once what it changes is compared.";

function staleVote(facts: Facts): VoteRecord | undefined {
  const mine = myApproval(facts.pullRequest, facts);
  const subject = mine && voteSubject(mine, facts);
  return subject?.on === "other" ? subject.record : undefined;
}

function actionsOn(facts: Facts): Actions {
  const { pullRequest, rights, policies, branch, digest } = facts;
  const missing = missingRight(pullRequest, rights);
  const held = lostBranch(facts) ?? obstacle(pullRequest) ?? closedBranch(pullRequest, branch);
  const hindered = missing ?? held;
  const unmet = unmetText(policies);
  const completesItself = autoCompleteText(facts, held !== undefined);
  const mayCompleteItself = completesItself === undefined && facts.me !== undefined;
  const mine = myApproval(pullRequest, facts);
  const publish = pullRequest.isDraft === true;
  return {
    publish,
    // What it was for is not known where the records were not read: it may be given again.
    approve:
      mine === undefined || staleVote(facts) !== undefined || facts.voteRecords === undefined,
    cannotApprove:
      digest === undefined
        ? `An approval is for what is shown: ${facts.isComparing === false ? "it could not be compared" : "it is still being compared"}.`
        : undefined,
    cannotDecide: cannotDecide(facts),
    cannotComplete: hindered ?? together([unmet, unseen(facts)]),
    completesItself,
    // Who set it is part of it.
    mayCompleteItself:
      mayCompleteItself && hindered === undefined && unmet !== undefined && !unseen(facts),
    unread: unreadText(facts),
    ...waysToMerge(pullRequest, branch?.strategies),
  };
}

function together(sentences: readonly (string | undefined)[]): string | undefined {
  const said = sentences.filter((one) => one !== undefined);
  return said.length === 0 ? undefined : said.join(" ");
}

// Azure DevOps merges what both branches hold when the policies are met, whatever anybody has seen.
function autoCompleteText({ pullRequest, isStale }: Facts, isHeld: boolean): string | undefined {
  const { autoCompleteSetBy, targetRefName } = pullRequest;
  if (autoCompleteSetBy === undefined) return undefined;
  const set = `Auto-complete is set by ${autoCompleteSetBy.displayName}`;
  if (isHeld) return `${set}: it completes nothing as long as that is so.`;
  const what = `merges what its branch and ${branchOf(targetRefName)} hold then`;
  const unlike = isStale ? ", which may not be what is shown" : "";
  return `${set}: once its policies are met, Azure DevOps ${what}${unlike}.`;
}

function unseen({ isStale, isComparing }: Facts): string | undefined {
  if (isStale) return movedOn;
  return isComparing ? notCompared : undefined;
}

function cannotDecide({ me, rights, pullRequest }: Facts): string | undefined {
  const what = pullRequest.isDraft === true ? "publish" : "approve";
  if (me === undefined) {
    return `Who you are could not be read: until it is you can neither ${what} nor reject from here.`;
  }
  if (rights?.decide !== false) return undefined;
  return `You need the permission Contribute to pull requests to ${what} or reject.`;
}

function missingRight(
  { isDraft, targetRefName }: PullRequest,
  rights: Rights | undefined,
): string | undefined {
  if (rights?.complete !== false || isDraft === true) return undefined;
  return `You need the permission Contribute on ${branchOf(targetRefName)} to complete it.`;
}

// Before what the service says of the merge, which is that of the branch as it was.
function lostBranch({ hasBranch, pullRequest }: Facts): string | undefined {
  if (hasBranch !== false) return undefined;
  const { sourceRefName, forkSource } = pullRequest;
  const where = forkSource ? ` of the fork ${forkName(forkSource)}` : "";
  return `Its branch ${branchOf(sourceRefName)}${where} was not found: it was deleted, or you may not see it. Without it there is nothing to merge.`;
}

function closedBranch(
  { targetRefName }: PullRequest,
  target: TargetBranch | undefined,
): string | undefined {
  const branch = branchOf(targetRefName);
  if (target?.lock.state === "locked") {
    return `${branch} is locked by ${target.lock.by}: until it is unlocked nothing is merged.`;
  }
  if (target?.strategies?.length !== 0) return undefined;
  return `The policies of ${branch} together allow no way to merge. An administrator has to change them.`;
}

// What was not read is neither allowed nor refused.
function unreadText({ pullRequest, policies, branch }: Facts): string | undefined {
  const name = branchOf(pullRequest.targetRefName);
  const unread = [
    ...(policies !== undefined && policies.unmet === undefined
      ? ["which policies are not met"]
      : []),
    ...(branch?.lock.state === "unknown" ? [`whether ${name} is locked`] : []),
    ...(branch !== undefined && branch.strategies === undefined
      ? [`which ways to merge ${name} takes`]
      : []),
  ];
  if (unread.length === 0) return undefined;
  return `Not known here: ${unread.join(", ")}. Azure DevOps says it at the click.`;
}

function unmetText(policies: Policies | undefined): string | undefined {
  if (policies?.unmet === undefined || policies.unmet.length === 0) return undefined;
  return `Before it can be completed, policies want: ${policies.unmet.map((one) => policyText(one, policies.said)).join("; ")}.`;
}

// Where no policy limits the ways, the pull request's own choice stands and nothing is asked.
function waysToMerge(
  { completionOptions }: PullRequest,
  allowed: readonly MergeStrategy[] | undefined,
): Pick<Actions, "strategies" | "strategy"> {
  if (allowed === undefined || allowed.length === allWays) {
    return { strategies: [], strategy: undefined };
  }
  const own = completionOptions?.mergeStrategy;
  const strategy = own !== undefined && allowed.includes(own) ? own : allowed[0];
  return { strategies: allowed.length > 1 ? allowed : [], strategy };
}

const allWays = 4;

function branchOf(ref: string): string {
  return ref.replace("refs/heads/", "");
}

function obstacle({ isDraft, mergeStatus }: PullRequest): string | undefined {
  if (isDraft === true) {
    return "This is a draft: once it is published it can be approved and completed.";
  }
  if (mergeStatus === "conflicts") {
    return "It conflicts with its target branch. A new run renders it anew.";
  }
  if (mergeStatus === "queued") return "Azure DevOps is still working out the merge.";
  return mergeStatus === "failure" ? "Azure DevOps could not work out the merge." : undefined;
}

function outcomeOf(
  { pullRequest, rejection, abandonedBy }: Facts,
  now: number,
): DecisionView["outcome"] {
  const { status, closedBy, closedDate } = pullRequest;
  const who = status === "abandoned" ? abandonedBy : closedBy?.displayName;
  const by = who === undefined ? "" : ` by ${who}`;
  const when = closedDate === undefined ? "" : `, ${agoText(closedDate, now)}`;
  if (status === "completed") return { tone: "good", text: `Completed${by}${when}.` };
  if (status !== "abandoned") return undefined;
  const why = rejection === undefined ? "" : ` ${rejection.by} rejected it: “${rejection.reason}”`;
  return { tone: "bad", text: `Abandoned${by}${when}.${why}` };
}
