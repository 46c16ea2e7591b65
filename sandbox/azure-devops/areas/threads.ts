import { ApiError, refusals } from "../api-error.ts";
import { reconsider } from "../pull-requests/merge-pull-request.ts";
import type { Comment, PullRequest, Thread } from "../pull-requests/pull-request.ts";
import type { Call, Route } from "../route.ts";
import { readProperties } from "./properties.ts";
import { contributeTo, inPullRequest, pullRequestOf } from "./pull-request-call.ts";
import { gitList } from "./repositories.ts";
import { commentJson, threadJson } from "./thread-json.ts";

const inThreads = `${inPullRequest}/threads`;

// Pull Request Threads and Thread Comments (REST 7.1).
export const threadRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestThreads",
    id: "ab6e2e5d-a0b7-4153-b64a-a4efe0d49449",
    template: `${inThreads}/{threadId?}`,
    minVersion: "3.0",
    methods: { GET: getThreads, POST: addThread, PATCH: changeThread },
  },
  {
    area: "git",
    resource: "pullRequestThreadComments",
    id: "965a3ec7-5ed8-455a-bdcb-835a5ea7fe7b",
    template: `${inThreads}/{threadId}/comments/{commentId?}`,
    minVersion: "3.0",
    methods: { GET: getComments, POST: addComment, PATCH: changeComment, DELETE: deleteComment },
  },
];

type CommentBody = {
  readonly content?: string;
  readonly parentCommentId?: number;
  readonly commentType?: string | number;
};

type ThreadBody = {
  readonly comments?: readonly CommentBody[];
  readonly status?: string | number;
  readonly threadContext?: unknown;
  readonly properties?: unknown;
};

function getThreads(call: Call) {
  const pullRequest = pullRequestOf(call);
  if (call.params["threadId"] !== undefined) {
    return { json: threadJson(call.organisation, pullRequest, threadOf(call, pullRequest)) };
  }
  return gitList(pullRequest.threads.map((one) => threadJson(call.organisation, pullRequest, one)));
}

function threadOf(call: Call, { threads }: PullRequest): Thread {
  const id = call.params["threadId"] ?? "";
  const found = threads.find((one) => one.id === Number(id));
  if (found) return found;
  throw new ApiError(
    404,
    "GitPullRequestCommentThreadNotFoundException",
    `The requested pull request comment thread was not found: ${id}.`,
  );
}

const statuses = ["unknown", "active", "fixed", "wontFix", "closed", "byDesign", "pending"];

// Names in any case, or CommentThreadStatus' numbers.
function readStatus(given: string | number | undefined): string | undefined {
  if (given === undefined) return undefined;
  const wanted = String(given).toLowerCase();
  const found = statuses.find(
    (name, index) => name.toLowerCase() === wanted || String(index) === wanted,
  );
  if (!found) throw refusals.argument(`"${wanted}" is not a status of a thread.`);
  return found;
}

function addThread(call: Call) {
  const pullRequest = contributeTo(call);
  const { organisation } = call;
  const body = (call.body ?? {}) as ThreadBody;
  const date = organisation.clock.now().toISOString();
  const thread: Thread = {
    id: (organisation.counters.next += 1),
    status: readStatus(body.status),
    comments: (body.comments ?? []).map((one, index) => newComment(call, one, index + 1)),
    publishedDate: date,
    lastUpdatedDate: date,
    context: body.threadContext ?? null,
    properties: readProperties(body.properties),
    identities: [],
  };
  pullRequest.threads.push(thread);
  reconsider(organisation, pullRequest);
  return { json: threadJson(organisation, pullRequest, thread) };
}

function newComment(call: Call, body: CommentBody, id: number): Comment {
  const date = call.organisation.clock.now().toISOString();
  const isCodeChange = /^(codeChange|2)$/i.test(String(body.commentType));
  return {
    id,
    parentId: body.parentCommentId ?? 0,
    content: body.content ?? "",
    author: call.grant.identity,
    publishedDate: date,
    lastUpdatedDate: date,
    commentType: isCodeChange ? "codeChange" : "text",
    isDeleted: false,
    likedBy: [],
  };
}

function changeThread(call: Call) {
  const pullRequest = contributeTo(call);
  const { organisation } = call;
  const thread = threadOf(call, pullRequest);
  const body = (call.body ?? {}) as ThreadBody;
  thread.status = readStatus(body.status) ?? thread.status;
  for (const [name, value] of readProperties(body.properties)) thread.properties.set(name, value);
  for (const one of body.comments ?? []) {
    thread.comments.push(newComment(call, one, thread.comments.length + 1));
  }
  touch(call, thread);
  reconsider(organisation, pullRequest);
  return { json: threadJson(organisation, pullRequest, thread) };
}

function touch({ organisation }: Call, changed: { lastUpdatedDate: string }): void {
  changed.lastUpdatedDate = organisation.clock.now().toISOString();
}

function getComments(call: Call) {
  const { organisation, params } = call;
  const pullRequest = pullRequestOf(call);
  const { comments } = threadOf(call, pullRequest);
  const of = (comment: Comment) => commentJson(organisation, pullRequest, comment);
  if (params["commentId"] === undefined) return gitList(comments.map(of));
  return { json: of(commentOf(call, comments)) };
}

function commentOf(call: Call, comments: readonly Comment[]): Comment {
  const id = call.params["commentId"] ?? "";
  const found = comments.find((one) => one.id === Number(id));
  if (found) return found;
  throw new ApiError(
    404,
    "GitPullRequestCommentNotFoundException",
    `The requested pull request comment was not found: ${id}.`,
  );
}

function addComment(call: Call) {
  const pullRequest = contributeTo(call);
  const thread = threadOf(call, pullRequest);
  const comment = newComment(call, call.body ?? {}, thread.comments.length + 1);
  thread.comments.push(comment);
  touch(call, thread);
  return { json: commentJson(call.organisation, pullRequest, comment) };
}

// Everybody edits and deletes only what they wrote.
function ownComment(call: Call, thread: Thread): Comment {
  const comment = commentOf(call, thread.comments);
  if (comment.author === call.grant.identity) return comment;
  throw new ApiError(
    403,
    "GitPullRequestCommentPermissionException",
    "You can change only your own comments.",
  );
}

function changeComment(call: Call) {
  const pullRequest = contributeTo(call);
  const thread = threadOf(call, pullRequest);
  const comment = ownComment(call, thread);
  const { content } = (call.body ?? {}) as CommentBody;
  if (content !== undefined) comment.content = content;
  touch(call, comment);
  touch(call, thread);
  return { json: commentJson(call.organisation, pullRequest, comment) };
}

function deleteComment(call: Call) {
  const thread = threadOf(call, contributeTo(call));
  const comment = ownComment(call, thread);
  comment.isDeleted = true;
  comment.content = "";
  touch(call, thread);
  return { status: 200 };
}
