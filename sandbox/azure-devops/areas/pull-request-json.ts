import { identityRef } from "../identities.ts";
import type { Organisation, PullRequest } from "../state.ts";
import { repositoryRef } from "./repositories.ts";

const zeroTime = "0001-01-01T00:00:00";

/** A pull request as the service answers it; lists are trimmed, see the recorded answers. */
export function pullRequestJson(
  organisation: Organisation,
  pullRequest: PullRequest,
  { inList }: { readonly inList: boolean } = { inList: false },
) {
  const { repository } = pullRequest;
  const root = `${organisation.url}/${repository.project.id}/_apis/git/repositories/${repository.id}`;
  const url = `${root}/pullRequests/${pullRequest.id}`;
  const commit = (id: string) => ({
    commitId: id,
    ...(inList ? {} : { url: `${root}/commits/${id}` }),
  });
  const whole = repositoryRef(organisation, repository);
  const shownRepository = inList
    ? {
        id: whole.id,
        name: whole.name,
        url: whole.url,
        project: {
          id: whole.project.id,
          name: whole.project.name,
          state: "unchanged",
          visibility: "unchanged",
          lastUpdateTime: zeroTime,
        },
      }
    : whole;
  return {
    repository: shownRepository,
    pullRequestId: pullRequest.id,
    codeReviewId: pullRequest.id,
    status: pullRequest.status,
    createdBy: identityRef(pullRequest.createdBy, organisation.url),
    creationDate: pullRequest.creationDate,
    ...(pullRequest.closedDate ? { closedDate: pullRequest.closedDate } : {}),
    ...(pullRequest.closedBy && !inList
      ? { closedBy: identityRef(pullRequest.closedBy, organisation.url) }
      : {}),
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
    ...(pullRequest.mergeCommit ? { lastMergeCommit: commit(pullRequest.mergeCommit) } : {}),
    reviewers: [...pullRequest.reviewers.values()].map(({ identity, vote }) => ({
      reviewerUrl: `${url}/reviewers/${identity.id}`,
      vote,
      hasDeclined: false,
      isFlagged: false,
      ...identityRef(identity, organisation.url),
    })),
    ...(inList
      ? {}
      : { labels: pullRequest.labels.map((name) => ({ id: name, name, active: true })) }),
    url,
    ...(pullRequest.completionOptions && !inList
      ? { completionOptions: pullRequest.completionOptions }
      : {}),
    supportsIterations: true,
    ...(pullRequest.autoCompleteSetBy
      ? { autoCompleteSetBy: identityRef(pullRequest.autoCompleteSetBy, organisation.url) }
      : {}),
    artifactId: `vstfs:///Git/PullRequestId/${repository.project.id}%2f${repository.id}%2f${pullRequest.id}`,
  };
}
