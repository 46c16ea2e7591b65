import { ApiError, refusals } from "../api-error.ts";
import { blockedBy } from "../policies/allow-completion.ts";
import { addIteration } from "../pull-requests/follow-pushes.ts";
import { inTurn } from "../pull-requests/in-turn.ts";
import { queueCompletion, queueMerge, reconsider } from "../pull-requests/merge-pull-request.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import { note } from "../pull-requests/system-threads.ts";
import type { Call } from "../route.ts";
import { zeros } from "../events.ts";
import { checkTexts, demandNoOther, readTipsOf } from "./create-pull-request.ts";
import { demand } from "./git-call.ts";
import { contributeTo, demandOpen } from "./pull-request-call.ts";
import { pullRequestJson } from "./pull-request-json.ts";
import { readCompletionOptions } from "./read-completion-options.ts";
import { addRequiredReviewers } from "./required-reviewers.ts";

type Body = {
  readonly title?: string;
  readonly description?: string;
  readonly isDraft?: boolean;
  readonly status?: string | number;
  readonly mergeStatus?: string | number;
  readonly targetRefName?: string;
  readonly lastMergeSourceCommit?: { readonly commitId?: string };
  readonly completionOptions?: unknown;
  readonly autoCompleteSetBy?: { readonly id?: string };
};

const zeroGuid = "00000000-0000-0000-0000-000000000000";

/** Only what the service lets be changed; everything else in the body is passed over. */
export async function updatePullRequest(call: Call) {
  const pullRequest = contributeTo(call);
  const { organisation } = call;
  const body = (call.body ?? {}) as Body;
  checkTexts(body);
  const status = readStatus(body.status);
  if (status !== "active") demandOpen(pullRequest);
  if (body.title !== undefined) pullRequest.title = body.title;
  if (body.description !== undefined) pullRequest.description = body.description;
  const options = readCompletionOptions(body.completionOptions);
  if (options) pullRequest.completionOptions = options;
  if (body.isDraft !== undefined) setDraft(call, pullRequest, body.isDraft);
  if (body.targetRefName !== undefined) await retarget(call, pullRequest, body.targetRefName);
  if (body.autoCompleteSetBy) setAutoComplete(call, pullRequest, body.autoCompleteSetBy.id);
  if (/^(queued|1)$/i.test(String(body.mergeStatus ?? ""))) await mergeAnew(call, pullRequest);
  switch (status) {
    case "abandoned":
      abandon(call, pullRequest);
      break;
    case "active":
      if (pullRequest.status !== "active") await reactivate(call, pullRequest);
      break;
    case "completed":
      complete(call, pullRequest, body.lastMergeSourceCommit?.commitId);
      break;
    case undefined:
      break;
  }
  organisation.events.emit("pullRequestChanged", pullRequest);
  return { json: pullRequestJson(organisation, pullRequest, { withLinks: true }) };
}

function readStatus(given: string | number | undefined): PullRequest["status"] | undefined {
  switch (String(given ?? "").toLowerCase()) {
    case "":
    case "0":
    case "notset":
      return undefined;
    case "1":
    case "active":
      return "active";
    case "2":
    case "abandoned":
      return "abandoned";
    case "3":
    case "completed":
      return "completed";
    default:
      throw refusals.argument(
        "Invalid argument value.\r\nParameter name: The pull request to update was not valid.",
      );
  }
}

function setDraft({ organisation, grant }: Call, pullRequest: PullRequest, isDraft: boolean): void {
  if (pullRequest.isDraft === isDraft) return;
  pullRequest.isDraft = isDraft;
  // The documents: making it a draft again takes all votes away.
  if (isDraft) for (const reviewer of pullRequest.reviewers.values()) reviewer.vote = 0;
  note(organisation, pullRequest, {
    by: grant.identity,
    type: "IsDraftUpdate",
    text: `${grant.identity.displayName} ${isDraft ? "marked the pull request as a draft" : "published the pull request"}`,
  });
  if (isDraft) return;
  addRequiredReviewers(organisation, pullRequest);
  queueMerge(organisation, pullRequest);
}

async function retarget(call: Call, pullRequest: PullRequest, targetRef: string): Promise<void> {
  const { repository, sourceRef, targetRef: old } = pullRequest;
  if (targetRef === old) return;
  demandOpen(pullRequest);
  demandNoOther(call.organisation, repository, { sourceRef, targetRef });
  const { targetCommit } = await readTipsOf(repository, { sourceRef, targetRef });
  pullRequest.targetRef = targetRef;
  pullRequest.targetCommit = targetCommit;
  const by = call.grant.identity;
  inTurn(call.organisation, pullRequest, () =>
    addIteration(call.organisation, pullRequest, { by, reason: "retarget", oldTargetRef: old }),
  );
  queueMerge(call.organisation, pullRequest);
}

// The portal's "Restart merge". UNVERIFIED (docs/unverified.md, 37): the vendor's own older web client
// sends it, and tells that nothing is queued where neither branch moved; the reference is silent.
async function mergeAnew(call: Call, pullRequest: PullRequest): Promise<void> {
  demandOpen(pullRequest);
  const { sourceCommit, targetCommit } = await readTipsOf(pullRequest.repository, pullRequest);
  const isSame =
    sourceCommit === pullRequest.sourceCommit && targetCommit === pullRequest.targetCommit;
  if (!isSame || pullRequest.mergeStatus !== "succeeded")
    queueMerge(call.organisation, pullRequest);
}

// The zero id takes it back: UNVERIFIED, public clients do so.
function setAutoComplete(call: Call, pullRequest: PullRequest, id: string | undefined): void {
  const { repository, targetRef } = pullRequest;
  demand(call, "GenericContribute", { repository, ref: targetRef });
  const by = id?.toLowerCase() === call.grant.identity.id ? call.grant.identity : undefined;
  // Nobody can be made the one who asks for it.
  if (!by && id !== zeroGuid) {
    throw refusals.argument(
      "Invalid argument value.\r\nParameter name: The pull request to update was not valid.",
    );
  }
  // A draft takes it without a word and without effect: githubnext/ado-aw#200.
  if (by && pullRequest.isDraft) return;
  pullRequest.autoCompleteSetBy = by;
  if (by) pullRequest.completionOptions ??= { mergeStrategy: "noFastForward" };
  reconsider(call.organisation, pullRequest);
}

function abandon({ organisation, grant }: Call, pullRequest: PullRequest): void {
  Object.assign(pullRequest, {
    status: "abandoned",
    closedDate: organisation.clock.now().toISOString(),
    mergeStatus: undefined,
    mergeFailureMessage: undefined,
    mergeCommit: undefined,
    mergeCommitDetails: undefined,
    autoCompleteSetBy: undefined,
  } satisfies Partial<PullRequest>);
  noteStatus({ organisation, grant }, pullRequest, "Abandoned");
}

async function reactivate(call: Call, pullRequest: PullRequest): Promise<void> {
  if (pullRequest.status === "completed") demandOpen(pullRequest);
  demandNoOther(call.organisation, pullRequest.repository, pullRequest);
  Object.assign(pullRequest, {
    ...(await readTipsOf(pullRequest.repository, pullRequest)),
    status: "active",
    closedDate: undefined,
  } satisfies Partial<PullRequest>);
  noteStatus(call, pullRequest, "Active");
  queueMerge(call.organisation, pullRequest);
}

function noteStatus(
  { organisation, grant }: Pick<Call, "organisation" | "grant">,
  pullRequest: PullRequest,
  status: string,
): void {
  const by = grant.identity;
  const text = `${by.displayName} updated the pull request status to ${status}`;
  const values = { CodeReviewStatus: status };
  note(organisation, pullRequest, { by, type: "StatusUpdate", text, values });
}

function complete(call: Call, pullRequest: PullRequest, seen: string | undefined): void {
  const { repository, targetRef } = pullRequest;
  demand(call, "GenericContribute", { repository, ref: targetRef });
  if (pullRequest.isDraft || seen === undefined) {
    throw refusals.argument(
      "Invalid argument value.\r\nParameter name: The pull request to update was not valid.",
    );
  }
  // Seen on the service: zeros stand for "whatever it is now".
  if (seen !== zeros && seen !== pullRequest.sourceCommit) {
    throw new ApiError(
      409,
      "GitPullRequestStaleException",
      "TF401192: The source branch has been modified since the last merge attempt.",
    );
  }
  pullRequest.completionOptions ??= { mergeStrategy: "noFastForward" };
  const { completionOptions: options } = pullRequest;
  if (options.bypassPolicy) {
    demand(call, "PullRequestBypassPolicy", { repository, ref: targetRef });
  }
  const reason = blockedBy(call.organisation, pullRequest, options);
  if (reason !== undefined) {
    throw new ApiError(403, "GitPullRequestUpdateRejectedByPolicyException", reason);
  }
  pullRequest.closedBy = call.grant.identity;
  queueCompletion(call.organisation, pullRequest, call.grant.identity);
  pullRequest.mergeCommit = undefined;
  pullRequest.mergeCommitDetails = undefined;
}
