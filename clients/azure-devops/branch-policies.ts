// Branch policies as they are configured, and which of them are in force for a branch.
import type { Repository } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, list } from "./connection.ts";

export type PolicyScope = {
  readonly repositoryId?: string | null;
  readonly refName?: string | null;
  readonly matchKind?: string;
};

export type Policy = {
  readonly id: number;
  readonly isEnabled?: boolean;
  readonly isBlocking?: boolean;
  readonly isDeleted?: boolean;
  readonly type: { readonly id: string; readonly displayName?: string };
  readonly settings?: Readonly<Record<string, unknown>> & {
    readonly scope?: readonly PolicyScope[];
  };
};

/** Ids of types; the same in every organisation. */
const policyTypeIds = {
  minimumReviewers: "fa4e907d-c16b-4a4c-9dfa-4906e5d171dd",
  mergeStrategy: "fa4e907d-c16b-4a4c-9dfa-4916e5d171ab",
  requiredReviewers: "fd2167ab-b0be-447a-8ec8-39368250530e",
  build: "0609b952-1397-4640-95ec-e00a01b2c241",
  status: "cbdc66da-9728-4af8-aada-9a5a32e4a226",
} as const;

export type PolicyKind = keyof typeof policyTypeIds;

export function isOfType({ type }: Policy, kind: PolicyKind): boolean {
  return type.id.toLowerCase() === policyTypeIds[kind];
}

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
    ...{ project, path: ["policy", "configurations"] },
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
