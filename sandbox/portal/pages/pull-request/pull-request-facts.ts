import { call, list } from "../../rest.ts";
import type { PolicyEvaluation, PullRequest, Thread } from "../../rest-types.ts";
import { loadPolicies } from "./load-policies.ts";

/** A pull request as its tabs show it. */
export type PullRequestFacts = {
  readonly pullRequest: PullRequest;
  /** The pull request itself does not tell them. */
  readonly labels: readonly string[];
  readonly threads: readonly Thread[];
  readonly policies: readonly PolicyEvaluation[];
};

export async function loadPullRequest(project: string, url: string): Promise<PullRequestFacts> {
  const pullRequest = await call<PullRequest>(`${url}?includeWorkItemRefs=true`);
  const [threads, labels, policies] = await Promise.all([
    list<Thread>(`${url}/threads`),
    list<{ readonly name: string }>(`${url}/labels`),
    loadPolicies(project, pullRequest),
  ]);
  const names = labels.map(({ name }) => name);
  return {
    pullRequest,
    policies,
    labels: names,
    threads: threads.filter(({ isDeleted }) => !isDeleted),
  };
}
