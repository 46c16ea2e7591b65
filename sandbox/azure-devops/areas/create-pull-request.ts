import { ApiError, refusals } from "../api-error.ts";
import { readRef } from "../git/read-ref.ts";
import { requiredReviewersOf } from "../policies/evaluate.ts";
import { policiesFor } from "../policies/matching.ts";
import { policyTypeOf } from "../policies/policy.ts";
import { addIteration } from "../pull-requests/follow-pushes.ts";
import { labelNamed } from "../pull-requests/labels.ts";
import { queueMerge } from "../pull-requests/merge-pull-request.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import type { Call } from "../route.ts";
import type { Organisation, Repository } from "../state.ts";
import { demand, repositoryOf } from "./git-call.ts";
import { pullRequestJson } from "./pull-request-json.ts";
import { readCompletionOptions } from "./read-completion-options.ts";
import { addReviewer, type ReviewerBody } from "./reviewers.ts";

type Body = {
  readonly sourceRefName?: string;
  readonly targetRefName?: string;
  readonly title?: string;
  readonly description?: string;
  readonly isDraft?: boolean;
  readonly labels?: readonly { readonly name: string }[];
  readonly reviewers?: readonly ReviewerBody[];
  readonly workItemRefs?: readonly { readonly id?: string | number }[];
  readonly completionOptions?: unknown;
};

export async function createPullRequest(call: Call) {
  const repository = repositoryOf(call);
  demand(call, "PullRequestContribute", { repository });
  const { organisation, grant } = call;
  const body = (call.body ?? {}) as Body;
  const { sourceRefName: sourceRef = "", targetRefName: targetRef = "" } = body;
  checkTexts(body);
  demandNoOther(repository, { sourceRef, targetRef });
  const { sourceCommit, targetCommit } = await tipsOf(repository, { sourceRef, targetRef });
  const pullRequest: PullRequest = {
    ...blank(organisation),
    id: (organisation.counters.nextPullRequest += 1),
    repository,
    createdBy: grant.identity,
    lastPusher: grant.identity,
    sourceRef,
    targetRef,
    sourceCommit,
    targetCommit,
    title: body.title ?? "",
    description: body.description,
    isDraft: body.isDraft ?? false,
    completionOptions: readCompletionOptions(body.completionOptions),
    labels: (body.labels ?? []).map(({ name }) => labelNamed(repository.project, name)),
    workItems: (body.workItemRefs ?? []).map(({ id }) => String(id)),
  };
  for (const reviewer of body.reviewers ?? []) addReviewer(organisation, pullRequest, reviewer);
  addRequiredReviewers(organisation, pullRequest);
  repository.pullRequests.push(pullRequest);
  const json = pullRequestJson(organisation, pullRequest, { withLinks: true, isNew: true });
  // The first one is there as soon as the pull request is.
  await addIteration(organisation, pullRequest, { by: grant.identity, reason: "create" });
  queueMerge(organisation, pullRequest);
  return { status: 201, json };
}

function blank(organisation: Organisation) {
  return {
    creationDate: organisation.clock.now().toISOString(),
    status: "active",
    mergeStatus: "queued",
    mergeFailureMessage: undefined,
    mergeCommit: undefined,
    mergeCommitDetails: undefined,
    closedDate: undefined,
    closedBy: undefined,
    completionQueueTime: undefined,
    autoCompleteSetBy: undefined,
    reviewers: new Map(),
    properties: new Map(),
    threads: [],
    iterations: [],
    statuses: [],
    conflicts: [],
    policyRuns: new Map(),
  } satisfies Partial<PullRequest>;
}

/** @throws unless title and description keep to the service's limits */
export function checkTexts(body: { readonly title?: string; readonly description?: string }): void {
  if ((body.description?.length ?? 0) > 4000) {
    throw refusals.argument(
      "Invalid argument value.\r\nParameter name: A description for a pull request must not be longer than 4000 characters.",
    );
  }
  // The limit itself is not published: UNVERIFIED.
  if ((body.title?.length ?? 0) > 400) {
    throw refusals.argument(
      "Invalid argument value.\r\nParameter name: A title for a pull request must not be longer than 400 characters.",
    );
  }
}

type Refs = { readonly sourceRef: string; readonly targetRef: string };

/** @throws TF401179 when source and target have an open one already */
export function demandNoOther(repository: Repository, { sourceRef, targetRef }: Refs): void {
  const open = repository.pullRequests.some(
    (one) => one.status === "active" && one.sourceRef === sourceRef && one.targetRef === targetRef,
  );
  if (!open) return;
  throw new ApiError(
    409,
    "GitPullRequestExistsException",
    "TF401179: An active pull request for the source and target branch already exists.",
  );
}

/** @throws TF401398 unless both branches exist */
export async function tipsOf({ directory }: Repository, { sourceRef, targetRef }: Refs) {
  const [sourceCommit, targetCommit] = await Promise.all([
    readRef(directory, sourceRef),
    readRef(directory, targetRef),
  ]);
  if (sourceCommit && targetCommit && sourceRef !== targetRef)
    return { sourceCommit, targetCommit };
  throw new ApiError(
    400,
    "GitPullRequestCannotBeActivatedException",
    "TF401398: The pull request cannot be activated because the source and/or the target branch no longer exists, or the requested changes could not be merged.",
  );
}

function addRequiredReviewers(organisation: Organisation, pullRequest: PullRequest): void {
  const { repository, targetRef } = pullRequest;
  for (const { typeId, isBlocking, settings } of policiesFor(organisation, repository, targetRef)) {
    if (policyTypeOf(typeId) !== "requiredReviewers") continue;
    for (const id of requiredReviewersOf(settings)) {
      if (id === pullRequest.createdBy.id) continue;
      addReviewer(organisation, pullRequest, { id, isRequired: isBlocking });
    }
  }
}
