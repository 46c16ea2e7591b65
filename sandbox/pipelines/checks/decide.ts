import { ApiError } from "../../azure-devops/api-error.ts";
import type { Identity } from "../../azure-devops/identity.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import type { Approval, ApprovalStep } from "./model.ts";

/**
 * Takes somebody's decision. Status and type keys of the refusals are UNVERIFIED.
 * @throws for who is no approver or is blocked, and for an approval that is decided.
 */
export function decide(
  state: PipelinesState,
  approval: Approval,
  given: {
    readonly decision: "approved" | "rejected";
    readonly comment: string;
    readonly by: Identity;
  },
): void {
  const { decision, comment, by } = given;
  if (approval.status !== "pending") {
    throw new ApiError(
      400,
      "ApprovalAlreadyCompletedException",
      `Approval ${approval.id} is already completed: ${approval.status}.`,
    );
  }
  // ManualValidation names nobody: whoever may queue runs may resume them.
  if (approval.steps.length === 0 && by.rights.has("ManageBuilds")) return approval.end(decision);
  const step = stepOf(approval, by);
  step.status = decision;
  step.actual = by;
  step.comment = comment;
  step.lastModifiedOn = nowOf(state);
  approval.lastModifiedOn = nowOf(state);
  if (decision === "rejected") return approval.end("rejected");
  const next = approval.steps.find(({ status }) => status === "uninitiated");
  if (approval.inSequence && next) next.status = "pending";
  const yes = approval.steps.filter(({ status }) => status === "approved").length;
  if (yes < approval.minRequired) return;
  for (const other of approval.steps) {
    if (other.status === "pending" || other.status === "uninitiated") other.status = "skipped";
  }
  approval.end("approved");
}

function stepOf(approval: Approval, by: Identity): ApprovalStep {
  const own = approval.steps.find(({ approver }) => approver === by);
  if (!own || approval.blocked.includes(by)) {
    throw new ApiError(
      403,
      "ApprovalUnauthorizedException",
      `${by.displayName} is not authorized to approve or reject ${approval.id}.`,
    );
  }
  if (own.status === "pending") return own;
  throw new ApiError(
    400,
    "ApprovalAlreadyCompletedException",
    own.status === "uninitiated"
      ? `It is not the turn of ${by.displayName} yet.`
      : `${by.displayName} has decided already.`,
  );
}
