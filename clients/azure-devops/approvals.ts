// Approvals that hold stages of YAML pipelines back, as the checks of their resources ask for them.
import type { IdentityRef } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, call, list } from "./connection.ts";

export type ApprovalStep = {
  /** A person or a group. */
  readonly assignedApprover: IdentityRef;
  readonly actualApprover?: IdentityRef;
  /** `pending`, `uninitiated` (not the turn yet), `approved`, `rejected`, `skipped`, … */
  readonly status: string;
  readonly comment?: string;
  readonly lastModifiedOn?: string;
};

export type Approval = {
  readonly id: string;
  readonly status: string;
  readonly createdOn?: string;
  readonly instructions?: string;
  readonly minRequiredApprovers?: number;
  readonly executionOrder?: string;
  readonly blockedApprovers?: readonly IdentityRef[];
  readonly steps?: readonly ApprovalStep[];
  /** What the caller may do with it, names joined by commas; `update` is to decide. */
  readonly permissions?: string;
  readonly pipeline?: {
    readonly name?: string;
    /** The run. */
    readonly owner?: { readonly id: number; readonly name?: string };
  };
};

const mostListed = 500;

/**
 * All open approvals of a project, with who is asked and what the caller may do ("Approvals - Query").
 * UNVERIFIED that `$expand` takes both words at once (docs/unverified.md).
 */
export function listPendingApprovals(
  ado: AzureDevOps,
  { project }: { readonly project: string },
): Promise<readonly Approval[]> {
  const query = { state: "pending", $expand: "steps,permissions", top: mostListed };
  return list<Approval>(ado, { project, path: ["pipelines", "approvals"], query });
}

/** Decides one approval as the caller. @throws HttpError for who is not asked, or too late. */
export async function decideApproval(
  ado: AzureDevOps,
  of: {
    readonly project: string;
    readonly approval: string;
    readonly status: "approved" | "rejected";
    readonly comment: string;
  },
): Promise<void> {
  const { project, approval: approvalId, status, comment } = of;
  const json = [{ approvalId, status, comment }];
  await call(ado, { project, path: ["pipelines", "approvals"], method: "PATCH", json });
}
