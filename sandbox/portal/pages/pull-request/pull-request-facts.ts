import { call, list } from "../../rest.ts";
import type { PolicyEvaluation, PullRequest, Thread } from "../../rest-types.ts";
import { loadPolicies } from "./load-policies.ts";

/** A pull request as its tabs show it. */
export type PullRequestFacts = {
  readonly pullRequest: PullRequest;
  readonly threads: readonly Thread[];
  readonly policies: readonly PolicyEvaluation[];
};

export async function loadPullRequest(project: string, url: string): Promise<PullRequestFacts> {
  const pullRequest = await call<PullRequest>(`${url}?includeWorkItemRefs=true`);
  const [threads, policies] = await Promise.all([
    list<Thread>(`${url}/threads`),
    loadPolicies(project, pullRequest),
  ]);
  return { pullRequest, policies, threads: threads.filter(({ isDeleted }) => !isDeleted) };
}
