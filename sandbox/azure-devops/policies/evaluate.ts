import { guidOf } from "../guid.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import { looksAt } from "./file-patterns.ts";
import { policiesFor } from "./matching.ts";
import {
  type EvaluationStatus,
  type Policies,
  type PolicyConfiguration,
  type PolicySettings,
  policyTypeOf,
} from "./policy.ts";

export type Evaluation = {
  readonly id: string;
  readonly policy: PolicyConfiguration;
  readonly status: EvaluationStatus;
  /** Why it does not let the pull request be completed. */
  readonly reason: string | undefined;
};

/** What each policy of the target branch says of a pull request as it stands. */
export function evaluatePolicies(
  organisation: Policies,
  pullRequest: PullRequest,
): readonly Evaluation[] {
  const { repository, targetRef } = pullRequest;
  return policiesFor(organisation, repository, targetRef).map((policy) => ({
    id: guidOf("policy evaluation", String(pullRequest.id), String(policy.id)),
    policy,
    ...judge(policy, pullRequest),
  }));
}

type Judgement = Pick<Evaluation, "status" | "reason">;
const approved: Judgement = { status: "approved", reason: undefined };

function judge(policy: PolicyConfiguration, pullRequest: PullRequest): Judgement {
  const { settings } = policy;
  if (!looksAt(settings, pullRequest)) return { status: "notApplicable", reason: undefined };
  switch (policyTypeOf(policy.typeId)) {
    case "minimumReviewers":
      return judgeVotes(settings, pullRequest);
    case "requiredReviewers":
      return judgeRequiredReviewers(settings, pullRequest);
    case "comments": {
      const open = pullRequest.threads.some(({ status }) =>
        /^(active|pending)$/.test(status ?? ""),
      );
      return open ? { status: "queued", reason: "All comments must be resolved." } : approved;
    }
    case "workItems":
      return pullRequest.workItems.length > 0
        ? approved
        : { status: "queued", reason: "Work items must be linked." };
    case "status":
      return judgeStatus(settings, pullRequest);
    case "build":
      return judgeBuild(policy, pullRequest);
    // It only looks at the strategy of the one who completes.
    case "mergeStrategy":
    case "fileSize":
    case "repositorySettings":
    case undefined:
      return approved;
  }
}

function judgeVotes(settings: PolicySettings, pullRequest: PullRequest): Judgement {
  const needed = Number(settings["minimumApproverCount"] ?? 1);
  const votes = [...pullRequest.reviewers.values()];
  if (settings["allowDownvotes"] !== true && votes.some(({ vote }) => vote < 0)) {
    return { status: "rejected", reason: "A reviewer waits for the author or has rejected." };
  }
  const counted = votes.filter(
    ({ identity, vote }) =>
      vote >= 5 &&
      (settings["creatorVoteCounts"] === true || identity !== pullRequest.createdBy) &&
      (settings["blockLastPusherVote"] !== true || identity !== pullRequest.lastPusher),
  );
  return counted.length >= needed
    ? approved
    : waiting(votes, `At least ${needed} reviewer(s) must approve.`);
}

function judgeRequiredReviewers(settings: PolicySettings, pullRequest: PullRequest): Judgement {
  const required = requiredReviewersOf(settings);
  const votes = required.map((id) => pullRequest.reviewers.get(id));
  if (votes.some((one) => (one?.vote ?? 0) === -10)) {
    return { status: "rejected", reason: "A required reviewer has rejected." };
  }
  const counted = votes.filter(
    (one) =>
      (one?.vote ?? 0) >= 5 &&
      (settings["creatorVoteCounts"] === true || one?.identity !== pullRequest.createdBy),
  );
  return counted.length === required.length
    ? approved
    : waiting(votes, "Required reviewers must approve.");
}

// Until somebody votes the policy has nothing to look at.
function waiting(
  votes: readonly ({ readonly vote: number } | undefined)[],
  reason: string,
): Judgement {
  const voted = votes.some((one) => (one?.vote ?? 0) !== 0);
  return { status: voted ? "running" : "queued", reason };
}

export function requiredReviewersOf(settings: PolicySettings): readonly string[] {
  const ids = settings["requiredReviewerIds"];
  return Array.isArray(ids) ? ids.map(String) : [];
}

function judgeStatus(settings: PolicySettings, pullRequest: PullRequest): Judgement {
  const { statusName, statusGenre, authorId, invalidateOnSourceUpdate } = settings;
  const newest = pullRequest.statuses.findLast(
    ({ context, createdBy, iterationId }) =>
      context.name === statusName &&
      (context.genre ?? "") === (statusGenre ?? "") &&
      (!authorId || createdBy.id === authorId) &&
      (invalidateOnSourceUpdate !== true || iterationId === pullRequest.iterations.length),
  );
  const name = [statusGenre, statusName].filter(Boolean).join("/");
  switch (newest?.state) {
    case "succeeded":
    case "notApplicable":
      return approved;
    case "failed":
    case "error":
      return { status: "rejected", reason: `${name} failed.` };
    default:
      // "Conditional": no policy until somebody has posted the status once.
      return settings["policyApplicability"] === 1 && newest === undefined
        ? { status: "notApplicable", reason: undefined }
        : { status: "queued", reason: `${name} must succeed.` };
  }
}

function judgeBuild(policy: PolicyConfiguration, pullRequest: PullRequest): Judgement {
  const { settings } = policy;
  const name = settings["displayName"];
  const reason = `${typeof name === "string" && name ? name : "The build"} must succeed to update ${pullRequest.targetRef.replace("refs/heads/", "")}.`;
  const run = pullRequest.policyRuns.get(policy.id);
  // "queueOnSourceUpdateOnly" keeps a result although the target branch moved on.
  const current = run?.commit === pullRequest.mergeCommit;
  if (!run || (!current && settings["queueOnSourceUpdateOnly"] !== true)) {
    return { status: "queued", reason };
  }
  return run.status === "approved" ? approved : { status: run.status, reason };
}
