import { identityRef } from "../identities.ts";
import type { Comment, PullRequest, Thread } from "../pull-requests/pull-request.ts";
import type { Host } from "../host.ts";
import { propertiesJson } from "./properties.ts";
import { pullRequestUrl } from "./pull-request-json.ts";
import { repositoryUrl } from "./repository-json.ts";

export function threadJson(organisation: Host, pullRequest: PullRequest, thread: Thread) {
  const { id, status, comments, publishedDate, lastUpdatedDate, context, properties } = thread;
  const url = `${pullRequestUrl(organisation, pullRequest)}/threads/${id}`;
  return {
    pullRequestThreadContext: null,
    id,
    publishedDate,
    lastUpdatedDate,
    comments: comments.map((one) => commentJson(organisation, pullRequest, one)),
    ...(status === undefined ? {} : { status }),
    threadContext: context,
    properties: properties.size === 0 ? null : propertiesJson(properties),
    identities:
      thread.identities.length === 0
        ? null
        : Object.fromEntries(
            thread.identities.map((one, index) => [
              String(index + 1),
              identityRef(one, organisation.url),
            ]),
          ),
    isDeleted: comments.every((comment) => comment.isDeleted),
    _links: {
      self: { href: url },
      repository: { href: repositoryUrl(organisation, pullRequest.repository) },
    },
  };
}

export function commentJson(organisation: Host, pullRequest: PullRequest, comment: Comment) {
  const { id, parentId, author, content, publishedDate, lastUpdatedDate } = comment;
  const root = pullRequestUrl(organisation, pullRequest);
  return {
    id,
    parentCommentId: parentId,
    author: identityRef(author, organisation.url),
    ...(comment.isDeleted ? { isDeleted: true } : { content }),
    publishedDate,
    lastUpdatedDate,
    lastContentUpdatedDate: lastUpdatedDate,
    commentType: comment.commentType,
    usersLiked: comment.likedBy.map((one) => identityRef(one, organisation.url)),
    _links: {
      self: { href: `${root}/threads/comments/${id}` },
      repository: { href: repositoryUrl(organisation, pullRequest.repository) },
    },
  };
}
