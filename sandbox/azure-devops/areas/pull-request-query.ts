import { runGit } from "../git/run-git.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import { pullRequestsOf } from "../pull-requests/pull-requests-of.ts";
import type { Call, Route } from "../route.ts";
import { repositoryOf } from "./git-call.ts";
import { pullRequestJson } from "./pull-request-json.ts";

// Pull Request Query - Get (REST 7.1): the pull requests of given commits.
export const pullRequestQueryRoutes: readonly Route[] = [
  {
    area: "git",
    resource: "pullRequestQuery",
    id: "b3a6eebe-9cf0-49ea-b6cb-1a4c5f5007b0",
    template: "{project?}/_apis/git/repositories/{repositoryId}/pullRequestQuery",
    minVersion: "3.0",
    methods: { POST: findByCommit },
  },
];

type Query = { readonly type?: string | number; readonly items?: readonly string[] };

async function findByCommit(call: Call) {
  const pullRequests = pullRequestsOf(call.organisation, repositoryOf(call));
  const { queries = [] } = (call.body ?? {}) as { queries?: readonly Query[] };
  const results = queries.map(async ({ type, items = [] }) => {
    // "lastMergeCommit" is 1, "commit" is 2 for clients in browsers.
    const byMerge = /^(lastMergeCommit|1)$/i.test(String(type));
    const result: Record<string, unknown[]> = {};
    for (const item of items) {
      const found = [];
      for (const one of pullRequests) {
        const has = byMerge
          ? one.mergeCommit === item
          : one.mergeCommit === item || (await listCommitsOf(one)).has(item);
        if (has) found.push(pullRequestJson(call.organisation, one, { inList: true }));
      }
      if (found.length > 0) result[item] = found;
    }
    return result;
  });
  return { json: { queries, results: await Promise.all(results) } };
}

const known = new WeakMap<PullRequest, { readonly of: string; readonly commits: Set<string> }>();

// The commits that a pull request brings; they change only with its branches.
async function listCommitsOf(pullRequest: PullRequest): Promise<ReadonlySet<string>> {
  const { repository, sourceCommit, targetCommit, iterations } = pullRequest;
  const base = iterations.at(-1)?.common ?? targetCommit;
  const of = `${sourceCommit} ${base}`;
  const before = known.get(pullRequest);
  if (before?.of === of) return before.commits;
  const out = await runGit(repository.directory, ["rev-list", sourceCommit, `^${base}`]);
  const commits = new Set([sourceCommit, ...out.split("\n").filter(Boolean)]);
  known.set(pullRequest, { of, commits });
  return commits;
}
