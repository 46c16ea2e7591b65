import { ApiError, refusals } from "../api-error.ts";
import { reconsider } from "../pull-requests/merge-pull-request.ts";
import type { PullRequest, Reviewer, Vote } from "../pull-requests/pull-request.ts";
import { note } from "../pull-requests/system-threads.ts";
import { listOf, type Call, type Route } from "../route.ts";
import type { Identities } from "../identity.ts";
import { contributeTo, demandOpen, inPullRequest, pullRequestOf } from "./pull-request-call.ts";
import { reviewerJson } from "./pull-request-json.ts";
import { textGiven } from "../text-given.ts";

// Pull Request Reviewers - List, Get, Create, Update, Delete (REST 7.1, answers as recorded).
export const reviewerRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestReviewers",
    id: "4b6702c7-aa35-4b89-9c96-b9abf6d3e540",
    template: `${inPullRequest}/reviewers/{reviewerId?}`,
    methods: { GET: get, POST: addMany, PUT: put, PATCH: patch, DELETE: remove },
  },
];

export type ReviewerBody = {
  readonly id?: string;
  readonly vote?: number;
  readonly isRequired?: boolean;
  readonly isFlagged?: boolean;
  readonly hasDeclined?: boolean;
};

/** Adds a reviewer without a vote, or changes whether that one is required. */
export function addReviewer(
  organisation: Identities,
  pullRequest: PullRequest,
  { id: given, isRequired }: ReviewerBody,
): Reviewer {
  const id = textGiven(given, "id") ?? "";
  const identity = organisation.identities.find((one) => one.id === id.toLowerCase());
  if (!identity) {
    throw refusals.argument(
      `Invalid argument value.\r\nParameter name: The identity ${id} is not a valid reviewer.`,
    );
  }
  const reviewer = pullRequest.reviewers.get(identity.id) ?? {
    identity,
    vote: 0,
    isRequired: false,
    isFlagged: false,
    hasDeclined: false,
  };
  if (isRequired !== undefined) reviewer.isRequired = isRequired;
  pullRequest.reviewers.set(identity.id, reviewer);
  return reviewer;
}

function get(call: Call) {
  const pullRequest = pullRequestOf(call);
  const { reviewerId } = call.params;
  if (reviewerId !== undefined) {
    return { json: reviewerJson(call.organisation, pullRequest, reviewerOf(call, pullRequest)) };
  }
  return listed(call, pullRequest, [...pullRequest.reviewers.values()]);
}

function reviewerOf(call: Call, { reviewers }: PullRequest): Reviewer {
  const id = call.params["reviewerId"] ?? "";
  const found = reviewers.get(id.toLowerCase());
  if (found) return found;
  throw new ApiError(
    404,
    "GitPullRequestReviewerNotFoundException",
    `The reviewer ${id} was not found in the pull request.`,
  );
}

function listed(call: Call, pullRequest: PullRequest, reviewers: readonly Reviewer[]) {
  return listOf(reviewers.map((one) => reviewerJson(call.organisation, pullRequest, one)));
}

function addMany(call: Call) {
  const pullRequest = contributeTo(call);
  demandOpen(pullRequest);
  const bodies = call.body ?? [];
  if (!Array.isArray(bodies)) {
    throw refusals.argument("Invalid argument value.\r\nParameter name: reviewers");
  }
  const added = (bodies as readonly ReviewerBody[]).map((one) =>
    addReviewer(call.organisation, pullRequest, one),
  );
  reconsider(call.organisation, pullRequest);
  return listed(call, pullRequest, added);
}

// A person votes for themself only; for others it adds them.
function put(call: Call) {
  const pullRequest = contributeTo(call);
  demandOpen(pullRequest);
  const { organisation, grant } = call;
  const { vote = 0, isRequired, isFlagged, hasDeclined } = (call.body ?? {}) as ReviewerBody;
  if (![10, 5, 0, -5, -10].includes(vote)) {
    throw refusals.argument(
      "Invalid argument value.\r\nParameter name: The vote value is not a known one.",
    );
  }
  const id = call.params["reviewerId"] ?? "";
  if (id.toLowerCase() !== grant.identity.id && vote !== 0) {
    throw refusals.argument("TF401186: You cannot record a vote for someone else.");
  }
  if (pullRequest.isDraft && vote !== 0) {
    throw refusals.argument("A draft cannot be voted on.");
  }
  const reviewer = addReviewer(organisation, pullRequest, {
    id,
    ...(isRequired === undefined ? {} : { isRequired }),
  });
  if (reviewer.vote !== vote) {
    note(organisation, pullRequest, {
      by: grant.identity,
      type: "VoteUpdate",
      text: `${grant.identity.displayName} voted ${vote}`,
      values: { CodeReviewVoteResult: String(vote) },
    });
  }
  reviewer.vote = vote as Vote;
  Object.assign(reviewer, flags({ isFlagged, hasDeclined }));
  reconsider(organisation, pullRequest);
  return { json: reviewerJson(organisation, pullRequest, reviewer) };
}

function flags(given: { isFlagged: boolean | undefined; hasDeclined: boolean | undefined }) {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

// On one: flags. On all: an author takes votes away.
function patch(call: Call) {
  const pullRequest = contributeTo(call);
  if (call.params["reviewerId"] !== undefined) {
    const reviewer = reviewerOf(call, pullRequest);
    const { isFlagged, hasDeclined } = (call.body ?? {}) as ReviewerBody;
    Object.assign(reviewer, flags({ isFlagged, hasDeclined }));
    return { json: reviewerJson(call.organisation, pullRequest, reviewer) };
  }
  for (const { id, vote } of (call.body ?? []) as readonly ReviewerBody[]) {
    const reviewer = pullRequest.reviewers.get((textGiven(id, "id") ?? "").toLowerCase());
    if (reviewer && vote === 0) reviewer.vote = 0;
  }
  return { status: 200 };
}

function remove(call: Call) {
  const pullRequest = contributeTo(call);
  demandOpen(pullRequest);
  pullRequest.reviewers.delete((call.params["reviewerId"] ?? "").toLowerCase());
  reconsider(call.organisation, pullRequest);
  // Recorded: an empty 200 that asks for credentials although they were right.
  return { status: 200, headers: { "WWW-Authenticate": `Basic realm="${call.organisation.url}"` } };
}
