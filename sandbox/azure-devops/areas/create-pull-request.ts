import type { Host } from "../host.ts";
import { ApiError, refusals } from "../api-error.ts";
import { readRef } from "../git/read-ref.ts";
import { addIteration } from "../pull-requests/follow-pushes.ts";
import { labelNamed } from "../pull-requests/labels.ts";
import { queueMerge } from "../pull-requests/merge-pull-request.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import {
  addPullRequest,
  type PullRequests,
  pullRequestsOf,
} from "../pull-requests/pull-requests-of.ts";
import type { Call } from "../route.ts";
import type { Repository } from "../repository.ts";
import { demand, repositoryOf } from "./git-call.ts";
import { pullRequestJson } from "./pull-request-json.ts";
import { readCompletionOptions } from "./read-completion-options.ts";
import { addRequiredReviewers } from "./required-reviewers.ts";
import { addReviewer, type ReviewerBody } from "./reviewers.ts";
import { demandWorkItem } from "./work-item-refs.ts";

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
  demandNoOther(organisation, repository, { sourceRef, targetRef });
  const workItems = (body.workItemRefs ?? []).map(({ id }) => String(id));
  // How a pull request is refused for a work item that is not there: UNVERIFIED (S17).
  for (const id of workItems) demandWorkItem(organisation, id);
  const { sourceCommit, targetCommit } = await readTipsOf(repository, { sourceRef, targetRef });
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
    workItems,
  };
  for (const reviewer of body.reviewers ?? []) addReviewer(organisation, pullRequest, reviewer);
  addPullRequest(organisation, pullRequest);
  // The first one is there as soon as the pull request is.
  await addIteration(organisation, pullRequest, { by: grant.identity, reason: "create" });
  // The documents: a draft gets them when it is published.
  if (!pullRequest.isDraft) addRequiredReviewers(organisation, pullRequest);
  const json = pullRequestJson(organisation, pullRequest, { withLinks: true, isNew: true });
  queueMerge(organisation, pullRequest);
  return { status: 201, json };
}

function blank(organisation: Host) {
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
    attachments: [],
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
export function demandNoOther(
  organisation: PullRequests,
  repository: Repository,
  { sourceRef, targetRef }: Refs,
): void {
  const open = pullRequestsOf(organisation, repository).some(
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
export async function readTipsOf({ directory }: Repository, { sourceRef, targetRef }: Refs) {
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
