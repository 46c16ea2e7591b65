import { identityRef } from "../identities.ts";
import type { Evaluation } from "../policies/evaluate.ts";
import { policyNames, policyTypeOf, type PolicyConfiguration } from "../policies/policy.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import type { Host } from "../host.ts";
import type { Project } from "../project.ts";

export function policyJson(organisation: Host, policy: PolicyConfiguration) {
  const root = `${organisation.url}/${policy.project.id}/_apis/policy`;
  const url = `${root}/configurations/${policy.id}`;
  return {
    createdBy: identityRef(policy.createdBy, organisation.url),
    createdDate: policy.createdDate,
    isEnabled: policy.isEnabled,
    isBlocking: policy.isBlocking,
    isDeleted: policy.isDeleted,
    settings: policy.settings,
    isEnterpriseManaged: false,
    _links: {
      self: { href: url },
      policyType: { href: `${root}/types/${policy.typeId}` },
    },
    revision: policy.revision,
    id: policy.id,
    url,
    type: policyTypeJson(organisation, policy.project, policy.typeId),
  };
}

export function policyTypeJson(organisation: Host, project: Project, id: string) {
  const type = policyTypeOf(id);
  return {
    id,
    url: `${organisation.url}/${project.id}/_apis/policy/types/${id}`,
    displayName: type === undefined ? "" : policyNames[type],
  };
}

/** `vstfs:///CodeReview/CodeReviewId/{project}/{pull request}`: what evaluations are about. */
export function codeReviewId({ id, repository }: PullRequest): string {
  return `vstfs:///CodeReview/CodeReviewId/${repository.project.id}/${id}`;
}

export function evaluationJson(
  organisation: Host,
  pullRequest: PullRequest,
  { id, policy, status }: Evaluation,
) {
  const isOver = status === "approved" || status === "rejected";
  const { creationDate } = pullRequest;
  const url = `${organisation.url}/${policy.project.id}/_apis/policy/evaluations/${id}`;
  return {
    configuration: policyJson(organisation, policy),
    artifactId: codeReviewId(pullRequest),
    evaluationId: id,
    startedDate: creationDate,
    ...(isOver ? { completedDate: organisation.clock.now().toISOString() } : {}),
    status,
    context: contextOf(pullRequest, policy),
    _links: { self: { href: url } },
  };
}

function contextOf(pullRequest: PullRequest, policy: PolicyConfiguration) {
  switch (policyTypeOf(policy.typeId)) {
    case "build": {
      const run = pullRequest.policyRuns.get(policy.id);
      const isExpired = run?.commit !== pullRequest.mergeCommit;
      return {
        isExpired,
        buildId: run?.buildId ?? 0,
        buildDefinitionId: policy.settings["buildDefinitionId"],
        buildIsNotCurrent: isExpired,
        lastMergeSourceCommitId: pullRequest.sourceCommit,
        lastMergeCommitId: pullRequest.mergeCommit ?? null,
        lastMergeTargetCommitId: pullRequest.targetCommit,
      };
    }
    case "status":
      return { latestStatusId: pullRequest.statuses.at(-1)?.id ?? null };
    default:
      return null;
  }
}
