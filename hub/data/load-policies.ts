import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import {
  type MergeStrategy,
  readAllowedStrategies,
} from "../../clients/azure-devops/merge-strategies.ts";
import {
  listPolicyEvaluations,
  type PolicyEvaluation,
} from "../../clients/azure-devops/policy-evaluations.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";

/** What stands between a pull request and its completion; undefined: it could not be read. */
export type Policies = {
  /** Blocking ones that are not met. */
  readonly unmet: readonly PolicyEvaluation[] | undefined;
  /** The ways to merge that the target branch takes. */
  readonly strategies: readonly MergeStrategy[] | undefined;
  /** Who locked the target branch. */
  readonly lockedBy: string | undefined;
};

/** As this user may see them. */
export async function loadPolicies(
  ado: AzureDevOps,
  { pullRequestId, repository, targetRefName: ref }: PullRequest,
): Promise<Policies> {
  const project = repository.project.id;
  const repo = { project, repository: repository.id };
  const [evaluations, strategies, refs] = await Promise.all([
    listPolicyEvaluations(ado, { project, pullRequest: pullRequestId }).catch(() => undefined),
    allowedStrategies(ado, { repo, ref }).catch(() => undefined),
    listRefs(ado, { repo, filter: ref.replace(/^refs\//, "") }).catch(() => []),
  ]);
  const target = refs.find(({ name }) => name === ref);
  return {
    unmet: evaluations?.filter(isUnmet),
    strategies,
    lockedBy:
      target?.isLocked === true ? (target.isLockedBy?.displayName ?? "somebody") : undefined,
  };
}

async function allowedStrategies(
  ado: AzureDevOps,
  of: { readonly repo: { readonly project: string; readonly repository: string }; ref: string },
): Promise<readonly MergeStrategy[] | undefined> {
  const repository = await getRepository(ado, of.repo);
  if (repository === undefined) return undefined;
  return (await readAllowedStrategies(ado, { repository, ref: of.ref })).allowed;
}

function isUnmet({ status, configuration }: PolicyEvaluation): boolean {
  const counts = configuration.isEnabled && configuration.isBlocking;
  return counts && status !== "approved" && status !== "notApplicable";
}
