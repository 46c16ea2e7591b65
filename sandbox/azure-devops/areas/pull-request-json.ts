import { identityRef, reviewerRef } from "../identities.ts";
import type { Host } from "../host.ts";
import type { Repository } from "../repository.ts";
import type { Label, PullRequest, Reviewer } from "../pull-requests/pull-request.ts";
import { repositoryRef, repositoryUrl } from "./repository-json.ts";

const zeroTime = "0001-01-01T00:00:00";

export function pullRequestUrl(organisation: Host, pullRequest: PullRequest): string {
  return `${repositoryUrl(organisation, pullRequest.repository)}/pullRequests/${pullRequest.id}`;
}

/**
 * A pull request as the service answers it. What stands in it depends on the call, as recorded:
 * links where the repository is named, labels when it is made and in lists, lists trimmed.
 */
export function pullRequestJson(
  organisation: Host,
  pullRequest: PullRequest,
  how: { readonly inList?: boolean; readonly withLinks?: boolean; readonly isNew?: boolean } = {},
) {
  const { inList = false, withLinks = false, isNew = false } = how;
  const { repository, labels, mergeCommitDetails } = pullRequest;
  const root = repositoryUrl(organisation, repository);
  const url = pullRequestUrl(organisation, pullRequest);
  const commit = (id: string) => ({ commitId: id, url: `${root}/commits/${id}` });
  const isOver = pullRequest.completionQueueTime !== undefined;
  return {
    repository: inList
      ? repositoryInList(organisation, repository)
      : repositoryRef(organisation, repository),
    pullRequestId: pullRequest.id,
    codeReviewId: pullRequest.id,
    status: pullRequest.status,
    createdBy: identityRef(pullRequest.createdBy, organisation.url),
    creationDate: pullRequest.creationDate,
    ...(pullRequest.closedDate ? { closedDate: pullRequest.closedDate } : {}),
    title: pullRequest.title,
    ...(pullRequest.description === undefined
      ? {}
      : { description: inList ? pullRequest.description.slice(0, 400) : pullRequest.description }),
    sourceRefName: pullRequest.sourceRef,
    targetRefName: pullRequest.targetRef,
    ...(pullRequest.mergeStatus ? { mergeStatus: pullRequest.mergeStatus } : {}),
    ...(pullRequest.mergeFailureMessage
      ? { mergeFailureMessage: pullRequest.mergeFailureMessage }
      : {}),
    isDraft: pullRequest.isDraft,
    mergeId: repository.id,
    lastMergeSourceCommit: commit(pullRequest.sourceCommit),
    lastMergeTargetCommit: commit(pullRequest.targetCommit),
    ...(pullRequest.mergeCommit
      ? {
          lastMergeCommit: {
            ...(inList ? {} : mergeCommitDetails),
            ...commit(pullRequest.mergeCommit),
          },
        }
      : {}),
    reviewers: [...pullRequest.reviewers.values()].map((one) =>
      reviewerJson(organisation, pullRequest, one),
    ),
    ...(isNew || (inList && labels.length > 0)
      ? { labels: labels.map((label) => labelJson(url, label)) }
      : {}),
    url,
    ...(withLinks ? { _links: linksOf(organisation, pullRequest) } : {}),
    ...(pullRequest.completionOptions && !inList
      ? { completionOptions: pullRequest.completionOptions }
      : {}),
    supportsIterations: true,
    ...(isOver ? { completionQueueTime: pullRequest.completionQueueTime } : {}),
    ...(pullRequest.closedBy && !inList
      ? { closedBy: identityRef(pullRequest.closedBy, organisation.url) }
      : {}),
    ...(pullRequest.autoCompleteSetBy
      ? { autoCompleteSetBy: identityRef(pullRequest.autoCompleteSetBy, organisation.url) }
      : {}),
    ...(inList ? {} : { artifactId: artifactIdOf(pullRequest) }),
  };
}

function artifactIdOf({ id, repository }: PullRequest): string {
  return `vstfs:///Git/PullRequestId/${repository.project.id}%2f${repository.id}%2f${id}`;
}

export function reviewerJson(organisation: Host, pullRequest: PullRequest, reviewer: Reviewer) {
  const { identity, vote, hasDeclined, isFlagged, isRequired } = reviewer;
  const url = pullRequestUrl(organisation, pullRequest);
  return {
    reviewerUrl: `${url}/reviewers/${identity.id}`,
    vote,
    hasDeclined,
    ...(isRequired ? { isRequired } : {}),
    isFlagged,
    ...reviewerRef(identity, organisation.url),
  };
}

export function labelJson(pullRequestAt: string, { id, name }: Label) {
  return { id, name, active: true, url: `${pullRequestAt}/labels/${id}` };
}

function repositoryInList(organisation: Host, repository: Repository) {
  const { project } = repository;
  return {
    id: repository.id,
    name: repository.name,
    url: repositoryUrl(organisation, repository),
    project: {
      id: project.id,
      name: project.name,
      state: "unchanged",
      visibility: "unchanged",
      lastUpdateTime: zeroTime,
    },
  };
}

function linksOf(organisation: Host, pullRequest: PullRequest) {
  const root = repositoryUrl(organisation, pullRequest.repository);
  const self = pullRequestUrl(organisation, pullRequest);
  const branch = (ref: string) => ({ href: `${root}/refs/${ref.replace("refs/", "")}` });
  return {
    self: { href: self },
    repository: { href: root },
    workItems: { href: `${self}/workitems` },
    sourceBranch: branch(pullRequest.sourceRef),
    targetBranch: branch(pullRequest.targetRef),
    statuses: { href: `${self}/statuses` },
    sourceCommit: { href: `${root}/commits/${pullRequest.sourceCommit}` },
    targetCommit: { href: `${root}/commits/${pullRequest.targetCommit}` },
    createdBy: { href: `${organisation.url}/_apis/Identities/${pullRequest.createdBy.id}` },
    iterations: { href: `${self}/iterations` },
  };
}
