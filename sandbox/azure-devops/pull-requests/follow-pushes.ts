import type { Host } from "../host.ts";
import { zeros, type RefUpdate } from "../events.ts";
import type { Faults } from "../faults.ts";
import { askWhetherAncestor, mergeBases } from "../git/objects.ts";
import { runGit } from "../git/run-git.ts";
import { policiesFor } from "../policies/matching.ts";
import { type Policies, policyTypeOf } from "../policies/policy.ts";
import { inTurn } from "./in-turn.ts";
import { queueMerge, refreshMerge } from "./merge-pull-request.ts";
import type { Iteration, PullRequest } from "./pull-request.ts";
import { pullRequestsOf, type PullRequestState } from "./pull-requests-of.ts";
import { note } from "./system-threads.ts";

/** Keeps open pull requests true to their branches. */
export function followPushes(organisation: PullRequestState & Faults): void {
  organisation.events.on("refUpdated", (update) => {
    if (update.newId === zeros) return;
    for (const pullRequest of pullRequestsOf(organisation, update.repository)) {
      if (pullRequest.status !== "active") continue;
      if (pullRequest.sourceRef === update.ref) takePush(organisation, pullRequest, update);
      else if (pullRequest.targetRef === update.ref) followTarget(organisation, pullRequest);
    }
  });
}

// That the service works it out anew is UNVERIFIED (docs/unverified.md, 37): a switch keeps it.
function followTarget(organisation: PullRequestState & Faults, pullRequest: PullRequest): void {
  const { merges } = organisation.faults;
  if (merges.keep > 0) merges.keep -= 1;
  else refreshMerge(organisation, pullRequest);
}

function takePush(
  organisation: PullRequestState,
  pullRequest: PullRequest,
  update: RefUpdate,
): void {
  const { newId, oldId, by } = update;
  pullRequest.sourceCommit = newId;
  pullRequest.lastPusher = by;
  resetVotes(organisation, pullRequest);
  note(organisation, pullRequest, {
    by,
    type: "RefUpdate",
    text: `${by.displayName} pushed to ${update.ref.replace("refs/heads/", "")}`,
    values: { CodeReviewRefName: update.ref, CodeReviewRefNewHeadCommit: newId },
  });
  inTurn(organisation, pullRequest, async () => {
    const { directory } = pullRequest.repository;
    const forced = oldId !== zeros && !(await askWhetherAncestor(directory, oldId, newId));
    await addIteration(organisation, pullRequest, { by, reason: forced ? "forcePush" : "push" });
  });
  queueMerge(organisation, pullRequest);
}

/** Records what the source branch is now against the target. */
export async function addIteration(
  organisation: Host,
  pullRequest: PullRequest,
  {
    by,
    reason,
    oldTargetRef,
  }: {
    readonly by: PullRequest["createdBy"];
    readonly reason: Iteration["reason"];
    readonly oldTargetRef?: string;
  },
): Promise<void> {
  const { repository, sourceCommit: source, targetCommit: target } = pullRequest;
  const [common] = await mergeBases(repository.directory, source, target);
  const between = [common ?? target, source];
  const listed = await runGit(repository.directory, ["diff", "--name-only", "-z", ...between]);
  pullRequest.iterations.push({
    id: pullRequest.iterations.length + 1,
    author: by,
    date: organisation.clock.now().toISOString(),
    source,
    target,
    common,
    reason,
    paths: listed.split("\0").filter(Boolean),
    ...(oldTargetRef === undefined ? {} : { oldTargetRef }),
  });
}

function resetVotes(organisation: Policies, pullRequest: PullRequest): void {
  const { repository, targetRef } = pullRequest;
  const settings = policiesFor(organisation, repository, targetRef)
    .filter(({ typeId }) => policyTypeOf(typeId) === "minimumReviewers")
    .map((policy) => policy.settings);
  const all = settings.some((one) => one["resetOnSourcePush"] === true);
  const rejections = all || settings.some((one) => one["resetRejectionsOnSourcePush"] === true);
  for (const reviewer of pullRequest.reviewers.values()) {
    if (all || (rejections && reviewer.vote < 0)) reviewer.vote = 0;
  }
}
