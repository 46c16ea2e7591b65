// What the service does after a pull request changed: asynchronous, so callers must look again.
import { zeros } from "./events.ts";
import { merge } from "./git/merge.ts";
import { resolveCommit } from "./git/objects.ts";
import { git } from "./git/run-git.ts";
import { announceRef, currentId, moveRef } from "./git/update-ref.ts";
import type { Identity, Organisation, PullRequest } from "./state.ts";

/** Makes the preview merge under `refs/pull/{id}/merge`, and completes where auto-complete waits. */
export function queueMerge(organisation: Organisation, pullRequest: PullRequest): void {
  pullRequest.mergeStatus = "queued";
  pullRequest.mergeCommit = undefined;
  later(async () => {
    await previewMerge(organisation, pullRequest);
    await completeWhenAllowed(organisation, pullRequest);
    organisation.events.emit("pullRequestChanged", pullRequest);
  });
}

/** Completes soon after; until then the pull request stays active with mergeStatus queued. */
export function queueCompletion(
  organisation: Organisation,
  pullRequest: PullRequest,
  by: Identity,
): void {
  pullRequest.mergeStatus = "queued";
  later(async () => {
    await complete(organisation, pullRequest, by);
    organisation.events.emit("pullRequestChanged", pullRequest);
  });
}

/** A vote or a policy changed: auto-complete may be due. */
export function reconsider(organisation: Organisation, pullRequest: PullRequest): void {
  later(async () => {
    await completeWhenAllowed(organisation, pullRequest);
    organisation.events.emit("pullRequestChanged", pullRequest);
  });
}

/** The reason why a policy holds completion back; undefined when nothing does. */
export function blockedBy(pullRequest: PullRequest): string | undefined {
  const { repository, targetRef, reviewers } = pullRequest;
  const policy = repository.protectedBranches.get(targetRef);
  const votes = [...reviewers.values()].map(({ vote }) => vote);
  if (votes.includes(-10) && policy) return "A reviewer has rejected the changes";
  const approvals = [...reviewers.values()].filter(
    ({ vote, identity }) => vote >= 5 && identity !== pullRequest.createdBy,
  ).length;
  return policy && approvals < policy.minimumApprovers
    ? `At least ${policy.minimumApprovers} reviewer(s) must approve`
    : undefined;
}

async function previewMerge(organisation: Organisation, pullRequest: PullRequest): Promise<void> {
  if (pullRequest.status !== "active") return;
  const { repository } = pullRequest;
  const source = await resolveCommit(repository.directory, pullRequest.sourceRef);
  const target = await resolveCommit(repository.directory, pullRequest.targetRef);
  if (!source || !target) return;
  pullRequest.sourceCommit = source;
  pullRequest.targetCommit = target;
  const merged = await merge(repository.directory, {
    source,
    target,
    strategy: "noFastForward",
    message: `Merge pull request ${pullRequest.id} from ${short(pullRequest.sourceRef)} into ${short(pullRequest.targetRef)}\n`,
    author: authorOf(organisation, pullRequest.createdBy),
  });
  pullRequest.mergeCommit = merged;
  pullRequest.mergeStatus = merged ? "succeeded" : "conflicts";
  pullRequest.mergeFailureMessage = merged ? undefined : "The branches have conflicting changes.";
  if (merged) {
    const ref = `refs/pull/${pullRequest.id}/merge`;
    await git(repository.directory, ["update-ref", ref, merged]);
  }
}

async function completeWhenAllowed(
  organisation: Organisation,
  pullRequest: PullRequest,
): Promise<void> {
  const { autoCompleteSetBy: by, status, mergeStatus, isDraft } = pullRequest;
  if (!by || isDraft || status !== "active" || mergeStatus !== "succeeded") return;
  if (blockedBy(pullRequest) === undefined) await complete(organisation, pullRequest, by);
}

async function complete(
  organisation: Organisation,
  pullRequest: PullRequest,
  by: Identity,
): Promise<void> {
  if (pullRequest.status !== "active") return;
  const { repository, targetRef, sourceRef, completionOptions: options = {} } = pullRequest;
  const refusal = blockedBy(pullRequest);
  const target = await currentId(repository, targetRef);
  const merged = refusal
    ? undefined
    : await merge(repository.directory, {
        source: pullRequest.sourceCommit,
        target,
        strategy: options.mergeStrategy ?? "noFastForward",
        message:
          options.mergeCommitMessage ?? `Merged PR ${pullRequest.id}: ${pullRequest.title}\n`,
        author: authorOf(organisation, by),
      });
  if (!merged) {
    pullRequest.mergeStatus = refusal ? "rejectedByPolicy" : "conflicts";
    pullRequest.mergeFailureMessage = refusal ?? "The branches have conflicting changes.";
    return;
  }
  await git(repository.directory, ["update-ref", targetRef, merged, target]);
  pullRequest.mergeStatus = "succeeded";
  pullRequest.mergeCommit = merged;
  pullRequest.targetCommit = target;
  pullRequest.status = "completed";
  pullRequest.closedBy = by;
  pullRequest.closedDate = organisation.clock.now().toISOString();
  await announceRef(organisation, repository, { ref: targetRef, oldId: target, newId: merged, by });
  if (options.deleteSourceBranch) {
    const oldId = await currentId(repository, sourceRef);
    if (oldId !== zeros) {
      await moveRef(organisation, repository, { ref: sourceRef, oldId, newId: zeros, by });
    }
  }
}

function authorOf(organisation: Organisation, { displayName, uniqueName }: Identity) {
  return { name: displayName, email: uniqueName, date: organisation.clock.now() };
}

function short(ref: string): string {
  return ref.replace("refs/heads/", "");
}

function later(work: () => Promise<void>): void {
  setImmediate(() => {
    work().catch((error: unknown) => {
      // A defect of the sandbox itself; must not pass unseen.
      process.emitWarning(error instanceof Error ? error : String(error));
    });
  });
}
