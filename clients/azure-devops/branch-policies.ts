// Branch policies as they are configured, and which of them are in force for a branch.
import type { Repository } from "../../core/azure-devops/types.ts";
import {
  policyTypeIds,
  type Policy,
  type PolicyKind,
  type PolicyScope,
  type WantedPolicy,
} from "../../core/policies/policy.ts";
import { type AzureDevOps, call, list, oddAnswer } from "./connection.ts";

type OfBranch = {
  readonly repository: Pick<Repository, "id" | "defaultBranch">;
  /** `refs/heads/main` */
  readonly ref: string;
};

/** Those of a project; the list for one branch leaves out its folder's and default branches'. */
export async function listPolicies(
  ado: AzureDevOps,
  { project, kind }: { readonly project: string; readonly kind?: PolicyKind },
): Promise<readonly Policy[]> {
  return list<Policy>(ado, {
    project,
    path: ["policy", "configurations"],
    query: { policyType: kind === undefined ? undefined : policyTypeIds[kind] },
  });
}

/** Enabled, and about this branch: one that is not blocking only advises. */
export function isInForce({ isEnabled, isDeleted, settings }: Policy, of: OfBranch): boolean {
  const scopes = settings?.scope ?? [];
  const covers = scopes.length === 0 || scopes.some((scope) => isCovered(scope, of));
  return isEnabled !== false && isDeleted !== true && covers;
}

function isCovered(
  { repositoryId, refName, matchKind = "Exact" }: PolicyScope,
  { repository, ref }: OfBranch,
): boolean {
  if (repositoryId && repositoryId.toLowerCase() !== repository.id.toLowerCase()) return false;
  switch (matchKind.toLowerCase()) {
    case "defaultbranch":
      return repository.defaultBranch === undefined || repository.defaultBranch === ref;
    case "prefix":
      return refName ? `${ref}/`.startsWith(`${refName.replace(/\/$/, "")}/`) : true;
    default:
      return refName ? refName === ref : true;
  }
}

/**
 * Adds a policy that binds, for one branch of one repository. Not repeated: a second of its kind
 * would be another one; look first.
 */
export async function createPolicy(
  ado: AzureDevOps,
  of: OfBranch & { readonly project: string; readonly policy: WantedPolicy },
): Promise<number> {
  const { project, policy, repository, ref } = of;
  const scope = [{ repositoryId: repository.id, refName: ref, matchKind: "Exact" }];
  const answer = await call(ado, {
    ...{ project, path: ["policy", "configurations"], method: "POST" },
    json: {
      ...{ isEnabled: true, isBlocking: true, type: { id: policyTypeIds[policy.kind] } },
      settings: { ...policy.settings, scope },
    },
  });
  const made = answer.json<Partial<Policy> | null>();
  if (typeof made?.id !== "number") throw oddAnswer("it is no policy");
  return made.id;
}
