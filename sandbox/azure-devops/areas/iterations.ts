import { ApiError } from "../api-error.ts";
import { identityRef } from "../identities.ts";
import { numberOf } from "../paging.ts";
import type { Iteration, PullRequest } from "../pull-requests/pull-request.ts";
import type { Call, Route } from "../route.ts";
import { readChangesBetween, emptyTree } from "./changes.ts";
import { commitRef } from "./commit-json.ts";
import { inPullRequest, pullRequestOf } from "./pull-request-call.ts";
import { listCommitsOfPullRequest, workItemRef } from "./pull-request-details.ts";
import { pullRequestUrl } from "./pull-request-json.ts";
import { gitList } from "./repositories.ts";
import { readCommits } from "../git/read-commits.ts";

// Pull Request Iterations, Iteration Changes, Commits, Work Items, Conflicts (REST 7.1).
export const iterationRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestIterations",
    id: "d43911ee-6958-46b0-a42b-8445b8a0d004",
    template: `${inPullRequest}/iterations/{iterationId?}`,
    resourceVersion: 2,
    minVersion: "3.0",
    methods: { GET: get },
  },
  {
    area: "git",
    resource: "pullRequestIterationChanges",
    id: "4216bdcf-b6b1-4d59-8b82-c34cc183fc8b",
    template: `${inPullRequest}/iterations/{iterationId}/changes`,
    minVersion: "3.0",
    methods: { GET: getChanges },
  },
  {
    area: "git",
    resource: "pullRequestCommits",
    id: "e7ea0883-095f-4926-b5fb-f24691c26fb9",
    template: `${inPullRequest}/iterations/{iterationId}/commits`,
    minVersion: "3.0",
    methods: { GET: getIterationCommits },
  },
  {
    area: "git",
    resource: "pullRequestCommits",
    id: "52823034-34a8-4576-922c-8d8b77e9e4c4",
    template: `${inPullRequest}/commits`,
    minVersion: "2.1",
    methods: {
      GET: async (call) => {
        const commits = await listCommitsOfPullRequest(call, pullRequestOf(call));
        return gitList(commits.slice(0, numberOf(call, "$top", commits.length)));
      },
    },
  },
  {
    area: "git",
    resource: "pullRequestWorkItems",
    id: "0a637fcc-5370-4ce8-b0e8-98091f5f9482",
    template: `${inPullRequest}/workitems`,
    methods: {
      GET: (call) => gitList(pullRequestOf(call).workItems.map((id) => workItemRef(call, id))),
    },
  },
  {
    area: "git",
    resource: "pullRequestConflicts",
    id: "d840fb74-bbef-42d3-b250-564604c054a4",
    template: `${inPullRequest}/conflicts/{conflictId?}`,
    minVersion: "3.0",
    methods: { GET: getConflicts },
  },
];

function get(call: Call) {
  const pullRequest = pullRequestOf(call);
  if (call.params["iterationId"] !== undefined) {
    return { json: iterationJson(call, pullRequest, iterationOf(call, pullRequest)) };
  }
  return gitList(pullRequest.iterations.map((one) => iterationJson(call, pullRequest, one)));
}

function iterationOf(call: Call, { iterations }: PullRequest): Iteration {
  const id = call.params["iterationId"] ?? "";
  const found = iterations.find((one) => one.id === Number(id));
  if (found) return found;
  throw new ApiError(
    404,
    "GitPullRequestIterationNotFoundException",
    `The requested iteration was not found: ${id}.`,
  );
}

function iterationJson({ organisation }: Call, pullRequest: PullRequest, iteration: Iteration) {
  const { id, author, date, source, target, common, reason, oldTargetRef } = iteration;
  const url = pullRequestUrl(organisation, pullRequest);
  const self = `${url}/iterations/${id}`;
  return {
    id,
    ...(reason === "create" ? { description: pullRequest.title } : {}),
    author: identityRef(author, organisation.url),
    createdDate: date,
    updatedDate: date,
    sourceRefCommit: { commitId: source },
    targetRefCommit: { commitId: target },
    ...(common === undefined ? {} : { commonRefCommit: { commitId: common } }),
    hasMoreCommits: false,
    reason,
    ...(oldTargetRef === undefined
      ? {}
      : { oldTargetRefName: oldTargetRef, newTargetRefName: pullRequest.targetRef }),
    _links: {
      self: { href: self },
      commits: { href: `${self}/commits` },
      workitems: { href: `${url}/workitems` },
      author: { href: `${organisation.url}/_apis/Identities/${author.id}` },
      pushedCommits: { href: `${self}/commits` },
    },
  };
}

// Files only; against the common commit, or against an earlier iteration.
async function getChanges(call: Call) {
  const pullRequest = pullRequestOf(call);
  const { source, common = emptyTree } = iterationOf(call, pullRequest);
  const against = numberOf(call, "$compareto", 0);
  const other = pullRequest.iterations.find(({ id }) => id === against);
  const { repository } = pullRequest;
  const from = other?.source ?? common;
  const all = (await readChangesBetween({ ...call, repository }, from, source))
    .filter(({ item }) => !item.isFolder)
    .map(({ item, changeType }, index) => ({
      changeTrackingId: index + 1,
      changeId: index + 1,
      item: {
        ...(item.objectId === undefined ? {} : { objectId: item.objectId }),
        ...(item.originalObjectId === undefined ? {} : { originalObjectId: item.originalObjectId }),
        path: item.path,
      },
      changeType,
    }));
  const skip = numberOf(call, "$skip", 0);
  const top = numberOf(call, "$top", 100);
  const rest = all.length - skip - top;
  return {
    json: {
      changeEntries: all.slice(skip, skip + top),
      ...(rest > 0 ? { nextSkip: skip + top, nextTop: Math.min(rest, top) } : {}),
    },
  };
}

async function getIterationCommits(call: Call) {
  const pullRequest = pullRequestOf(call);
  const { repository, iterations } = pullRequest;
  const { id, source, common } = iterationOf(call, pullRequest);
  const before = iterations.find((one) => one.id === id - 1)?.source;
  const known = [before, common].flatMap((commit) => (commit === undefined ? [] : [`^${commit}`]));
  const commits = await readCommits(repository.directory, [source, ...known, "--"]);
  return gitList(commits.map((commit) => commitRef({ ...call, repository }, commit)));
}

// Which conflict it is on the service depends on both sides; here both edited the file.
function getConflicts(call: Call) {
  const pullRequest = pullRequestOf(call);
  const { organisation } = call;
  const url = pullRequestUrl(organisation, pullRequest);
  const commit = (commitId: string) => ({ commitId });
  const conflicts = pullRequest.conflicts.map((path, index) => ({
    mergeOrigin: "pullRequest",
    conflictId: index + 1,
    conflictType: "editEdit",
    conflictPath: `/${path}`,
    mergeBaseCommit: commit(pullRequest.iterations.at(-1)?.common ?? ""),
    mergeSourceCommit: commit(pullRequest.sourceCommit),
    mergeTargetCommit: commit(pullRequest.targetCommit),
    resolutionStatus: "unresolved",
    url: `${url}/conflicts/${index + 1}`,
  }));
  const wanted = call.params["conflictId"];
  if (wanted === undefined) return gitList(conflicts);
  const found = conflicts.find(({ conflictId }) => String(conflictId) === wanted);
  if (found) return { json: found };
  throw new ApiError(404, "GitConflictNotFoundException", `There is no conflict ${wanted}.`);
}
