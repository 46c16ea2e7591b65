// What an approver can do. Each function ends when the service says that it is done.
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { MergeStrategy } from "../../clients/azure-devops/merge-strategies.ts";
import { patchProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { postComment } from "../../clients/azure-devops/pull-request-threads.ts";
import {
  getPullRequest,
  updatePullRequest,
  vote,
} from "../../clients/azure-devops/pull-requests.ts";
import { rejectionProperty, writeRejection } from "../../core/run/rejection.ts";
import { type VoteRecord, voteProperty, writeVoteRecord } from "../../core/run/vote-record.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { causeText, TerminalError, TimeoutError } from "../../core/errors.ts";
import { readHead } from "./load-target-move.ts";

type Who = { readonly id: string; readonly name: string };
type On = { readonly repo: RepositoryRef; readonly id: number; readonly me: Who };

/**
 * Votes, then writes down what the vote is for: a record before the vote would make an older vote
 * look like one for this.
 * @param seen.source the commit that was on screen: another one is not approved
 */
export async function approve(
  ado: AzureDevOps,
  { repo, id, me, seen }: On & { readonly seen: Omit<VoteRecord, "at"> },
): Promise<void> {
  await refuseWhenMoved(ado, { repo, id, seen: seen.source });
  await vote(ado, { repo, id, reviewer: me.id, vote: 10 });
  const record = writeVoteRecord({ ...seen, at: new Date(ado.now()).toISOString() });
  const properties = { [voteProperty(me.id)]: record };
  await patchProperties(ado, { repo, id, properties }).catch((error: unknown) => {
    // Readers may vote, and may not write properties.
    throw new TerminalError(`Failed to record what you approved: ${causeText(error)}`, {
      code: "vote-not-recorded",
      hint: "Your vote counts all the same.",
    });
  });
}

/**
 * Makes a draft an ordinary pull request, to be voted on and completed.
 * @param seen as for {@link approve}
 */
export async function publish(
  ado: AzureDevOps,
  { repo, id, seen }: Omit<On, "me"> & { readonly seen: string },
): Promise<void> {
  await refuseWhenMoved(ado, { repo, id, seen });
  await updatePullRequest(ado, { repo, id, change: { isDraft: false } });
}

/**
 * Merges exactly what was on screen: the service refuses when the source has moved since.
 * @throws TerminalError when a policy or a conflict stands against it.
 */
export async function complete(ado: AzureDevOps, of: Completion): Promise<void> {
  const { repo, id, seen, strategy } = of;
  const before = await refuseUnseen(ado, of);
  await updatePullRequest(ado, {
    repo,
    id,
    change: {
      status: "completed",
      lastMergeSourceCommit: { commitId: seen },
      completionOptions: optionsOf(before, strategy),
    },
  });
  await awaitEnd(ado, { repo, id });
}

/**
 * Lets Azure DevOps complete what was on screen as soon as its policies are met; `me` is who set it. What
 * its branches get from then on is merged too.
 */
export async function completeLater(
  ado: AzureDevOps,
  of: Completion & Pick<On, "me">,
): Promise<void> {
  const { repo, id, me, strategy } = of;
  const before = await refuseUnseen(ado, of);
  await updatePullRequest(ado, {
    repo,
    id,
    change: {
      autoCompleteSetBy: { id: me.id },
      completionOptions: optionsOf(before, strategy),
    },
  });
}

type Completion = Omit<On, "me"> & {
  readonly seen: string;
  /** What its target was in what is on the screen; undefined where nothing could be compared. */
  readonly target?: string | undefined;
  /** Where its target is now, where it got nothing since of what is on the screen. */
  readonly head?: string | undefined;
  /** How to merge; undefined leaves it to the pull request's own choice. */
  readonly strategy?: MergeStrategy | undefined;
};

function optionsOf({ completionOptions }: PullRequest, mergeStrategy: MergeStrategy | undefined) {
  const chosen = mergeStrategy === undefined ? {} : { mergeStrategy };
  return { deleteSourceBranch: true, ...completionOptions, ...chosen };
}

/**
 * Hands over why, votes −10, says it and abandons: a vote alone never ends a wait. Drafts take no
 * votes. Where one of these is refused nobody reads that it was rejected, and once again says it once.
 */
export async function reject(
  ado: AzureDevOps,
  { repo, id, me, reason }: On & { readonly reason: string },
): Promise<void> {
  await getOpen(ado, { repo, id });
  // Before it is abandoned: afterwards it takes no further writes.
  const properties = { [rejectionProperty]: writeRejection({ by: me.name, reason }) };
  await patchProperties(ado, { repo, id, properties });
  const now = await getPullRequest(ado, { repo, id });
  if (now?.isDraft !== true) await vote(ado, { repo, id, reviewer: me.id, vote: -10 });
  await postComment(ado, { repo, id, text: `**Rejected:** ${reason}`, once: true });
  await updatePullRequest(ado, { repo, id, change: { status: "abandoned" } });
}

/** Has the service work the merge out anew, for its target as it is now: it does so a little later. */
export async function mergeAnew(ado: AzureDevOps, { repo, id }: Omit<On, "me">): Promise<void> {
  await getOpen(ado, { repo, id });
  await updatePullRequest(ado, { repo, id, change: { mergeStatus: "queued" } });
}

// The merge that would come of it now is the one that was on screen.
async function refuseUnseen(
  ado: AzureDevOps,
  { repo, id, seen, target, head }: Completion,
): Promise<PullRequest> {
  const onto = target === undefined ? [] : [target, head ?? target];
  const before = await refuseWhenMoved(ado, { repo, id, seen, onto });
  await refuseWhenTargetMoved(ado, { repo, id, ref: before.targetRefName, onto });
  return before;
}

/** @param of.onto what its target may be; empty where nothing was compared with it */
async function refuseWhenMoved(
  ado: AzureDevOps,
  of: Omit<On, "me"> & { readonly seen: string; readonly onto?: readonly string[] },
): Promise<PullRequest> {
  const { repo, id, seen, onto = [] } = of;
  const now = await getOpen(ado, { repo, id });
  const { lastMergeSourceCommit: source, lastMergeTargetCommit: target } = now;
  if (source?.commitId !== seen) throw moved(id, "it");
  if (target !== undefined && !isOneOf(onto, target.commitId)) throw moved(id, "its target");
  return now;
}

// The merge that the service shows may be older than what it merges onto.
async function refuseWhenTargetMoved(
  ado: AzureDevOps,
  of: Omit<On, "me"> & { readonly ref: string; readonly onto: readonly string[] },
): Promise<void> {
  const { repo, id, ref, onto } = of;
  if (onto.length === 0) return;
  const head = await readHead(ado, { repo, ref });
  if (head === undefined || !isOneOf(onto, head)) throw moved(id, "its target");
}

function isOneOf(onto: readonly string[], commit: string): boolean {
  return onto.length === 0 || onto.includes(commit);
}

function moved(id: number, what: string): TerminalError {
  return new TerminalError(`Failed to decide on !${id}: ${what} has changed since you opened it`, {
    code: "pull-request-moved",
    hint: "Look at what it would change now, then decide again.",
  });
}

// Nothing is written beside one that somebody else has ended, not even why it is rejected.
async function getOpen(ado: AzureDevOps, { repo, id }: Omit<On, "me">): Promise<PullRequest> {
  const now = await getPullRequest(ado, { repo, id });
  if (now === undefined) {
    throw new TerminalError(`Failed to decide on !${id}: you can no longer see it`, {
      code: "pull-request-not-found",
      hint: "Ask for the right to read its repository.",
    });
  }
  if (now.status === "active") return now;
  throw new TerminalError(`Failed to decide on !${id}: it is ${now.status} already`, {
    code: "pull-request-ended",
    hint: "Nothing is left to decide on it.",
  });
}

const longestMergeMs = 60_000;
const everyMs = 500;

// Completion is asynchronous: until then the pull request stays active with mergeStatus queued.
async function awaitEnd(ado: AzureDevOps, of: Omit<On, "me">): Promise<void> {
  for (let waited = 0; waited < longestMergeMs; waited += everyMs) {
    const now = await getPullRequest(ado, of);
    if (now === undefined || now.status !== "active") return;
    const { mergeStatus, mergeFailureMessage } = now;
    if (mergeStatus !== undefined && mergeStatus !== "queued" && mergeStatus !== "succeeded") {
      throw new TerminalError(
        `Failed to complete !${of.id}: ${mergeFailureMessage ?? mergeStatus}`,
        { code: `merge-${mergeStatus}` },
      );
    }
    await new Promise((resume) => setTimeout(resume, everyMs));
  }
  throw new TimeoutError(`The merge of !${of.id}`, { waitedMs: longestMergeMs });
}
