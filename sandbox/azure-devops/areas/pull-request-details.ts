import { readCommits } from "../git/read-commits.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import type { Call } from "../route.ts";
import { commitRef } from "./commit-json.ts";
import { pullRequestJson } from "./pull-request-json.ts";

/** One pull request with what `includeCommits` and `includeWorkItemRefs` add to it. */
export async function readWholePullRequest(call: Call, pullRequest: PullRequest) {
  const { organisation, query } = call;
  const json = pullRequestJson(organisation, pullRequest, { withLinks: true });
  const asked = (name: string) => query[name]?.toLowerCase() === "true";
  const commits = asked("includecommits") ? await listCommitsOfPullRequest(call, pullRequest) : [];
  const { workItems } = pullRequest;
  return {
    json: {
      ...json,
      ...(asked("includecommits") ? { commits } : {}),
      // Recorded: absent while there are none.
      ...(asked("includeworkitemrefs") && workItems.length > 0
        ? { workItemRefs: workItems.map((id) => workItemRef(call, id)) }
        : {}),
    },
  };
}

export function workItemRef({ organisation }: Call, id: string) {
  return { id, url: `${organisation.url}/_apis/wit/workItems/${id}` };
}

/** The commits that the source branch has and the target had not, newest first. */
export async function listCommitsOfPullRequest(
  { organisation }: Call,
  { repository, sourceCommit, iterations, targetCommit }: PullRequest,
) {
  const base = iterations.at(-1)?.common ?? targetCommit;
  const commits = await readCommits(repository.directory, [sourceCommit, `^${base}`, "--"]);
  return commits.map((commit) => commitRef({ organisation, repository }, commit));
}
