import type { Projects } from "../repository.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import { type PullRequests, pullRequestsOf } from "../pull-requests/pull-requests-of.ts";
import { policiesFor } from "./matching.ts";
import { type Policies, type PolicyConfiguration, policyTypeOf } from "./policy.ts";

/** Starts the builds that policies want for the merge as it now is. */
export async function queueBuilds(organisation: Policies, pullRequest: PullRequest): Promise<void> {
  if (pullRequest.status !== "active" || pullRequest.isDraft) return;
  const { repository, targetRef } = pullRequest;
  for (const policy of policiesFor(organisation, repository, targetRef)) {
    if (policyTypeOf(policy.typeId) !== "build" || policy.settings["manualQueueOnly"] === true) {
      continue;
    }
    const before = pullRequest.policyRuns.get(policy.id);
    if (before?.commit !== pullRequest.mergeCommit) {
      await queueBuild(organisation, pullRequest, policy);
    }
  }
}

/** Starts one, as "requeue" does. Without a definition to build the policy stays queued. */
export async function queueBuild(
  organisation: Policies,
  pullRequest: PullRequest,
  { id, settings }: PolicyConfiguration,
): Promise<void> {
  const { mergeCommit: commit } = pullRequest;
  if (commit === undefined) return;
  const definitionId = Number(settings["buildDefinitionId"]);
  const buildId = await organisation.builds.queue?.({ definitionId, pullRequest, commit });
  pullRequest.policyRuns.set(id, {
    buildId,
    commit,
    status: buildId === undefined ? "queued" : "running",
  });
}

/** A build ended: tells the policy that had asked for it. @returns the pull request concerned. */
export function recordBuild(
  organisation: Projects & PullRequests,
  build: { readonly id: number; readonly succeeded: boolean },
): PullRequest | undefined {
  for (const { repositories } of organisation.projects) {
    for (const pullRequest of repositories.flatMap((one) => pullRequestsOf(organisation, one))) {
      for (const run of pullRequest.policyRuns.values()) {
        if (run.buildId !== build.id) continue;
        run.status = build.succeeded ? "approved" : "rejected";
        return pullRequest;
      }
    }
  }
  return undefined;
}
