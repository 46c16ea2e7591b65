import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import {
  type MergeStrategy,
  readAllowedStrategies,
} from "../../clients/azure-devops/merge-strategies.ts";
import {
  listPolicyEvaluations,
  type PolicyEvaluation,
} from "../../clients/azure-devops/policy-evaluations.ts";
import {
  listPullRequestStatuses,
  type PullRequestStatus,
} from "../../clients/azure-devops/pull-request-statuses.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { wantsStatus } from "../view/policy-text.ts";

/** What stands between a pull request and its completion, as this user may see it. */
export type Policies = {
  /** Blocking ones that are not met; undefined: they could not be read. */
  readonly unmet: readonly PolicyEvaluation[] | undefined;
  /** Where one waits for a status, what statuses say of why, the newest first. */
  readonly said?: readonly PullRequestStatus[];
};

/** What the target branch allows; it hardly changes while somebody looks. */
export type TargetBranch = {
  /** The ways to merge that it takes; undefined: they could not be read. */
  readonly strategies: readonly MergeStrategy[] | undefined;
  readonly lock: Lock;
};

export type Lock =
  | { readonly state: "free" }
  | { readonly state: "locked"; readonly by: string }
  /** The branch could not be read, or was not found. */
  | { readonly state: "unknown" };

export async function loadPolicies(
  ado: AzureDevOps,
  { pullRequestId, repository }: PullRequest,
): Promise<Policies> {
  const of = { project: repository.project.id, pullRequest: pullRequestId };
  const repo = { project: repository.project.id, repository: repository.id };
  const unmet = await listPolicyEvaluations(ado, of).then(
    (evaluations) => evaluations.filter(isUnmet),
    () => undefined,
  );
  if (unmet?.some(wantsStatus) !== true) return { unmet };
  const statuses = await listPullRequestStatuses(ado, { repo, id: pullRequestId }).catch(() => []);
  const time = ({ creationDate }: PullRequestStatus) => Date.parse(creationDate);
  const said = [...statuses].sort((a, b) => time(b) - time(a));
  return { unmet, said };
}

export async function loadTargetBranch(
  ado: AzureDevOps,
  { repository, targetRefName: ref }: PullRequest,
): Promise<TargetBranch> {
  const repo = { project: repository.project.id, repository: repository.id };
  const [strategies, lock] = await Promise.all([
    allowedStrategies(ado, { repo, ref }).catch(() => undefined),
    lockOf(ado, { repo, ref }).catch((): Lock => ({ state: "unknown" })),
  ]);
  return { strategies, lock };
}

type Branch = {
  readonly repo: { readonly project: string; readonly repository: string };
  readonly ref: string;
};

async function lockOf(ado: AzureDevOps, { repo, ref }: Branch): Promise<Lock> {
  const refs = await listRefs(ado, { repo, filter: ref.replace(/^refs\//, "") });
  const target = refs.find(({ name }) => name === ref);
  if (target === undefined) return { state: "unknown" };
  if (target.isLocked !== true) return { state: "free" };
  return { state: "locked", by: target.isLockedBy?.displayName ?? "somebody" };
}

async function allowedStrategies(
  ado: AzureDevOps,
  { repo, ref }: Branch,
): Promise<readonly MergeStrategy[] | undefined> {
  const repository = await getRepository(ado, repo);
  if (repository === undefined) return undefined;
  return (await readAllowedStrategies(ado, { repository, ref })).allowed;
}

function isUnmet({ status, configuration }: PolicyEvaluation): boolean {
  const counts = configuration.isEnabled && configuration.isBlocking;
  return counts && status !== "approved" && status !== "notApplicable";
}
