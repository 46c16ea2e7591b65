import type { Repository } from "../repository.ts";
import {
  concernsPullRequests,
  type Policies,
  type PolicyConfiguration,
  type PolicyScope,
} from "./policy.ts";

/** The policies in force for a branch. */
export function policiesFor(
  organisation: Policies,
  repository: Repository,
  ref: string,
): readonly PolicyConfiguration[] {
  return organisation.policies.filter(
    ({ project, typeId, isEnabled, isDeleted, settings }) =>
      isEnabled &&
      !isDeleted &&
      concernsPullRequests(typeId) &&
      project === repository.project &&
      settings.scope.some((scope) => inScope(scope, repository, ref)),
  );
}

/** Those of them that let only pull requests change the branch. */
export function protectingPolicies(
  organisation: Policies,
  repository: Repository,
  ref: string,
): readonly PolicyConfiguration[] {
  return policiesFor(organisation, repository, ref).filter(({ isBlocking }) => isBlocking);
}

/** Whether a policy names exactly this branch: what the list for a branch answers. */
export function namesExactly(
  { settings }: PolicyConfiguration,
  repository: Repository,
  ref: string,
): boolean {
  return settings.scope.some(
    (scope) => (scope.matchKind ?? "Exact") === "Exact" && inScope(scope, repository, ref),
  );
}

export function inScope(scope: PolicyScope, repository: Repository, ref: string): boolean {
  if (scope.repositoryId && scope.repositoryId !== repository.id) return false;
  switch (scope.matchKind ?? "Exact") {
    case "DefaultBranch":
      return ref === repository.defaultBranch;
    case "Prefix":
      return (
        ref === scope.refName || ref.startsWith(`${(scope.refName ?? "").replace(/\/$/, "")}/`)
      );
    case "Exact":
      return scope.refName ? scope.refName === ref : true;
  }
}
