// What the service does after a pull request changed: asynchronous, so callers must look again.
import { zeros } from "../events.ts";
import { findConflictingPaths, merge } from "../git/merge.ts";
import { resolveCommit } from "../git/objects.ts";
import { readCommits } from "../git/read-commits.ts";
import { readRef } from "../git/read-ref.ts";
import { runGit } from "../git/run-git.ts";
import { announceRefs, readCurrentId, moveRef } from "../git/update-ref.ts";
import { autoCompleteWaitsFor, blockedBy } from "../policies/allow-completion.ts";
import { queueBuilds } from "../policies/queue-builds.ts";
import type { Identity } from "../identity.ts";
import type { Host } from "../host.ts";
import type { PullRequestState } from "./pull-requests-of.ts";
import { inTurn } from "./in-turn.ts";
import type { PullRequest } from "./pull-request.ts";
import { note } from "./system-threads.ts";

/** Makes the preview merge under `refs/pull/{id}/merge`, and completes where auto-complete waits. */
export function queueMerge(organisation: PullRequestState, pullRequest: PullRequest): void {
  pullRequest.mergeStatus = "queued";
  pullRequest.mergeCommit = undefined;
  pullRequest.mergeCommitDetails = undefined;
  refreshMerge(organisation, pullRequest);
}

/** As {@link queueMerge}, but what was known before stands until then: the target moved. */
export function refreshMerge(organisation: PullRequestState, pullRequest: PullRequest): void {
  inTurn(organisation, pullRequest, async () => {
    await previewMerge(organisation, pullRequest);
    await queueBuilds(organisation, pullRequest);
    await completeWhenAllowed(organisation, pullRequest);
    organisation.events.emit("pullRequestChanged", pullRequest);
  });
}

/** Completes soon after; until then the pull request stays active with mergeStatus queued. */
export function queueCompletion(
  organisation: PullRequestState,
  pullRequest: PullRequest,
  by: Identity,
): void {
  pullRequest.mergeStatus = "queued";
  pullRequest.completionQueueTime = organisation.clock.now().toISOString();
  inTurn(organisation, pullRequest, async () => {
    await complete(organisation, pullRequest, by);
    organisation.events.emit("pullRequestChanged", pullRequest);
  });
}

/** A vote or a policy changed: auto-complete may be due. */
export function reconsider(organisation: PullRequestState, pullRequest: PullRequest): void {
  inTurn(organisation, pullRequest, async () => {
    await completeWhenAllowed(organisation, pullRequest);
    organisation.events.emit("pullRequestChanged", pullRequest);
  });
}

async function previewMerge(
  organisation: PullRequestState,
  pullRequest: PullRequest,
): Promise<void> {
  if (pullRequest.status !== "active") return;
  const { repository } = pullRequest;
  const source = await readRef(repository.directory, pullRequest.sourceRef);
  const target = await readRef(repository.directory, pullRequest.targetRef);
  if (!source || !target) return;
  const { directory } = repository;
  const merged = await merge(directory, {
    source,
    target,
    strategy: "noFastForward",
    message: `Merge pull request ${pullRequest.id} from ${short(pullRequest.sourceRef)} into ${short(pullRequest.targetRef)}`,
    author: authorOf(organisation, pullRequest.createdBy),
  });
  pullRequest.sourceCommit = source;
  pullRequest.targetCommit = target;
  pullRequest.conflicts = merged ? [] : await findConflictingPaths(directory, target, source);
  // First the ref, then the word that it is there.
  if (merged) await runGit(directory, ["update-ref", `refs/pull/${pullRequest.id}/merge`, merged]);
  await setMergeCommit(pullRequest, merged);
}

async function setMergeCommit(pullRequest: PullRequest, merged: string | undefined): Promise<void> {
  const { directory } = pullRequest.repository;
  const [commit] = merged ? await readCommits(directory, ["-1", merged]) : [];
  pullRequest.mergeStatus = merged ? "succeeded" : "conflicts";
  pullRequest.mergeFailureMessage = merged ? undefined : "The branches have conflicting changes.";
  pullRequest.mergeCommit = merged;
  pullRequest.mergeCommitDetails = commit && {
    author: commit.author,
    committer: commit.committer,
    comment: commit.message,
  };
}

async function completeWhenAllowed(
  organisation: PullRequestState,
  pullRequest: PullRequest,
): Promise<void> {
  const { autoCompleteSetBy: by, status, mergeStatus, isDraft } = pullRequest;
  if (!by || isDraft || status !== "active" || mergeStatus !== "succeeded") return;
  if (autoCompleteWaitsFor(organisation, pullRequest) !== undefined) return;
  pullRequest.completionQueueTime = organisation.clock.now().toISOString();
  await complete(organisation, pullRequest, by);
}

async function complete(
  organisation: PullRequestState,
  pullRequest: PullRequest,
  by: Identity,
): Promise<void> {
  if (pullRequest.status !== "active") return;
  const { repository, targetRef, completionOptions: options = {} } = pullRequest;
  const refusal = blockedBy(organisation, pullRequest, options);
  if (refusal) {
    pullRequest.mergeStatus = "rejectedByPolicy";
    pullRequest.mergeFailureMessage = refusal;
    return;
  }
  const source = await resolveCommit(repository.directory, pullRequest.sourceRef);
  if (source === undefined) {
    // UNVERIFIED (docs/unverified.md, 38).
    pullRequest.mergeStatus = "failure";
    pullRequest.mergeFailureMessage = "The source branch does not exist.";
    return;
  }
  const target = await readCurrentId(repository, targetRef);
  const merged = await merge(repository.directory, {
    source,
    target,
    strategy: options.mergeStrategy ?? (options.squashMerge ? "squash" : "noFastForward"),
    message: options.mergeCommitMessage ?? `Merged PR ${pullRequest.id}: ${pullRequest.title}`,
    author: authorOf(organisation, by),
  });
  await setMergeCommit(pullRequest, merged);
  if (!merged) {
    pullRequest.conflicts = await findConflictingPaths(
      repository.directory,
      target,
      pullRequest.sourceCommit,
    );
    return;
  }
  await runGit(repository.directory, ["update-ref", targetRef, merged, target]);
  pullRequest.targetCommit = target;
  pullRequest.status = "completed";
  pullRequest.closedBy = by;
  pullRequest.closedDate = organisation.clock.now().toISOString();
  note(organisation, pullRequest, {
    by,
    type: "StatusUpdate",
    text: `${by.displayName} updated the pull request status to Completed`,
    values: { CodeReviewStatus: "Completed" },
  });
  const change = { ref: targetRef, oldId: target, newId: merged, by };
  await announceRefs(organisation, repository, [change]);
  if (options.deleteSourceBranch) await deleteSource(organisation, pullRequest, by);
}

async function deleteSource(
  organisation: PullRequestState,
  { repository, sourceRef }: PullRequest,
  by: Identity,
): Promise<void> {
  const oldId = await readCurrentId(repository, sourceRef);
  if (oldId === zeros || repository.locks.has(sourceRef)) return;
  await moveRef(organisation, repository, { ref: sourceRef, oldId, newId: zeros, by });
}

function authorOf(organisation: Host, { displayName, uniqueName }: Identity) {
  return { name: displayName, email: uniqueName, date: organisation.clock.now() };
}

function short(ref: string): string {
  return ref.replace("refs/heads/", "");
}
