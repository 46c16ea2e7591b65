import { call, list } from "../../rest.ts";
import type { Approval } from "../../rest-types.ts";

const expand = encodeURIComponent("$expand");

export function loadApprovals(
  project: string,
  which: { readonly ids: readonly string[] } | { readonly state: "pending" },
): Promise<readonly Approval[]> {
  const filter = "ids" in which ? `approvalIds=${which.ids.join(",")}` : `state=${which.state}`;
  return list<Approval>(
    `${project}/_apis/pipelines/approvals?${filter}&${expand}=steps&api-version=7.1`,
  );
}

export async function decide(
  project: string,
  decision: {
    readonly approvalIds: readonly string[];
    readonly status: "approved" | "rejected";
    readonly comment: string;
  },
): Promise<void> {
  const { approvalIds, status, comment } = decision;
  await call(`${project}/_apis/pipelines/approvals?api-version=7.1`, {
    method: "PATCH",
    body: approvalIds.map((approvalId) => ({ approvalId, status, comment })),
  });
}

/** Why this person cannot decide; undefined when they are asked. */
export function refusalToDecide(approval: Approval, me: string): string | undefined {
  const steps = approval.steps ?? [];
  if (approval.blockedApprovers?.some(({ id }) => id === me)) {
    return "Who requested the run may not approve it.";
  }
  if (steps.length > 0 && !steps.some(({ assignedApprover }) => assignedApprover.id === me)) {
    const names = steps.map(({ assignedApprover }) => assignedApprover.displayName);
    return `Only ${names.join(", ")} can decide.`;
  }
  return undefined;
}
