import type { Identity } from "../../azure-devops/identity.ts";
import { nowOf, type PipelinesState } from "../state.ts";
import type { Approval, ApprovalStatus } from "./model.ts";
import type { OpenCheck, Verdict } from "./run-check.ts";

type Settings = {
  readonly approvers?: readonly { readonly id: string }[];
  readonly executionOrder?: string | number;
  readonly minRequiredApprovers?: number;
  readonly instructions?: string;
  readonly blockedApprovers?: readonly { readonly id: string }[];
  readonly requesterCannotBeApprover?: boolean;
};

/** Asks the approvers; ends when enough of them have said yes, or one no. */
export function askApproval(state: PipelinesState, open: OpenCheck): Promise<Verdict> {
  const { run, stage, record, configuration, signal } = open;
  const settings = configuration.settings as Settings;
  const people = (list: readonly { readonly id: string }[] = []) =>
    list.flatMap(({ id }) => state.organisation.identities.filter((one) => one.id === id));
  const approvers = people(settings.approvers);
  const inSequence = settings.executionOrder === "inSequence" || settings.executionOrder === 2;
  const now = nowOf(state);
  const blocked: readonly Identity[] = [
    ...people(settings.blockedApprovers),
    ...(settings.requesterCannotBeApprover ? [run.requestedFor] : []),
  ];
  return new Promise((resolve) => {
    const approval: Approval = {
      ...{ id: record.id, run, stage: stage.name, record, blocked, inSequence },
      steps: approvers.map((approver, index) => ({
        ...{ approver, order: index + 1, actual: undefined, comment: "" },
        status: inSequence && index > 0 ? "uninitiated" : "pending",
        initiatedOn: now,
        lastModifiedOn: now,
      })),
      minRequired: settings.minRequiredApprovers || approvers.length,
      instructions: settings.instructions ?? "",
      ...{ createdOn: now, lastModifiedOn: now, status: "pending" },
      end: (status) => {
        if (approval.status !== "pending") return;
        approval.status = status;
        approval.lastModifiedOn = nowOf(state);
        resolve(status === "approved" ? "approved" : "rejected");
      },
    };
    state.approvals.push(approval);
    signal.addEventListener("abort", () => close(state, approval), { once: true });
  });
}

// The check ended otherwise: timed out, cancelled or bypassed.
function close(state: PipelinesState, approval: Approval): void {
  if (approval.status !== "pending") return;
  const check = state.suites
    .flatMap(({ checkRuns }) => checkRuns)
    .find(({ record }) => record === approval.record);
  // Read after the check has its own end.
  queueMicrotask(() => {
    const ends: Readonly<Record<string, ApprovalStatus>> = {
      timedOut: "timedOut",
      bypassed: "skipped",
    };
    approval.status = ends[check?.status ?? ""] ?? "canceled";
    approval.lastModifiedOn = nowOf(state);
  });
}
