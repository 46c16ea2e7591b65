import { refusals } from "../api-error.ts";
import { identityRef } from "../identities.ts";
import { reconsider } from "../pull-request-merge.ts";
import { listOf, type Call, type Route } from "../route.ts";
import type { Organisation, PullRequest, Thread, Vote } from "../state.ts";
import { demand } from "./git-call.ts";
import { pullRequestOf } from "./pull-requests.ts";

const base = "{project?}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}";

// Reviewers, properties, threads, labels of a pull request (REST 7.1).
export const pullRequestPartRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestReviewers",
    id: "4b6702c7-aa35-4b89-9c96-b9abf6d3e540",
    template: `${base}/reviewers/{reviewerId?}`,
    methods: {
      GET: (call) => {
        const { reviewers } = pullRequestOf(call);
        return listOf([...reviewers.values()].map((one) => reviewerJson(call.organisation, one)));
      },
      PUT: vote,
    },
  },
  {
    area: "git",
    resource: "pullRequestProperties",
    id: "48a52185-5b9e-4736-9dc1-bb1e2feac80b",
    template: `${base}/properties`,
    methods: { GET: (call) => propertiesJson(pullRequestOf(call)), PATCH: patchProperties },
  },
  {
    area: "git",
    resource: "pullRequestThreads",
    id: "ab6e2e5d-a0b7-4153-b64a-a4efe0d49449",
    template: `${base}/threads/{threadId?}`,
    methods: {
      GET: (call) =>
        listOf(pullRequestOf(call).threads.map((one) => threadJson(call.organisation, one))),
      POST: addThread,
    },
  },
  {
    area: "git",
    resource: "pullRequestLabels",
    id: "f22387e3-984e-4c52-9c6d-fbb8f14c812d",
    template: `${base}/labels`,
    methods: {
      GET: (call) => listOf(pullRequestOf(call).labels.map(labelJson)),
      POST: (call) => {
        const { name } = call.body as { name: string };
        pullRequestOf(call).labels.push(name);
        return { json: labelJson(name) };
      },
    },
  },
];

// A person votes for themself only.
function vote(call: Call) {
  const pullRequest = pullRequestOf(call);
  demand(call, "PullRequestContribute");
  const { identity } = call.grant;
  const wanted = (call.body as { readonly vote?: number }).vote ?? 0;
  if (![10, 5, 0, -5, -10].includes(wanted)) throw refusals.argument("vote is not a known value");
  if (call.params["reviewerId"] !== identity.id && wanted !== 0) {
    throw refusals.argument("You can only record your own vote.");
  }
  const reviewer = { identity, vote: wanted as Vote };
  pullRequest.reviewers.set(identity.id, reviewer);
  reconsider(call.organisation, pullRequest);
  return { json: reviewerJson(call.organisation, reviewer) };
}

function reviewerJson(
  organisation: Organisation,
  { identity, vote: value }: { readonly identity: Parameters<typeof identityRef>[0]; vote: Vote },
) {
  return {
    reviewerUrl: null,
    vote: value,
    hasDeclined: false,
    isFlagged: false,
    ...identityRef(identity, organisation.url),
  };
}

function patchProperties(call: Call) {
  const pullRequest = pullRequestOf(call);
  demand(call, "PullRequestContribute");
  const operations = call.body as { op: string; path: string; value?: unknown }[];
  for (const { op, path, value } of operations) {
    const name = path.replace(/^\//, "");
    if (op === "remove") pullRequest.properties.delete(name);
    else pullRequest.properties.set(name, value);
  }
  return propertiesJson(pullRequest);
}

function propertiesJson({ properties }: PullRequest) {
  const value = Object.fromEntries(
    [...properties].map(([name, $value]) => [name, { $type: "System.String", $value }]),
  );
  return { json: { count: properties.size, value } };
}

function addThread(call: Call) {
  const pullRequest = pullRequestOf(call);
  demand(call, "PullRequestContribute");
  const { organisation, grant } = call;
  const body = call.body as { comments?: { content?: string }[]; status?: string };
  const thread: Thread = {
    id: (organisation.counters.next += 1),
    status: body.status,
    comments: (body.comments ?? []).map(({ content = "" }, index) => ({
      id: index + 1,
      content,
      author: grant.identity,
      publishedDate: organisation.clock.now().toISOString(),
    })),
  };
  pullRequest.threads.push(thread);
  return { json: threadJson(organisation, thread) };
}

function threadJson(organisation: Organisation, thread: Thread) {
  return {
    id: thread.id,
    ...(thread.status === undefined ? {} : { status: thread.status }),
    publishedDate: thread.comments[0]?.publishedDate,
    comments: thread.comments.map(({ id, content, author, publishedDate }) => ({
      id,
      parentCommentId: 0,
      author: identityRef(author, organisation.url),
      content,
      publishedDate,
      commentType: "text",
    })),
    isDeleted: false,
  };
}

function labelJson(name: string) {
  return { id: name, name, active: true };
}
