import {
  type Approval,
  decideApproval,
  listPendingApprovals,
} from "../../clients/azure-devops/approvals.ts";
import { getTimeline } from "../../clients/azure-devops/builds.ts";
import { type AzureDevOps, oddAnswer } from "../../clients/azure-devops/connection.ts";
import { unreadOf } from "../view/unread.ts";
import { reading, valueOf } from "./read.ts";
import { type OpenCheck, openChecksOf, stageOf } from "../../core/run/checkpoints.ts";

/** An approval that a run waits for, and the stage that it holds, where the run's timeline tells. */
export type RunApproval = {
  readonly project: string;
  readonly approval: Approval;
  readonly stage: string | undefined;
};

/** What holds a run's stages back before they begin. */
export type RunChecks = {
  readonly approvals: readonly RunApproval[];
  /** Checks that nobody decides here: hours, locks, calls of services. */
  readonly others: readonly OpenCheck[];
  /** What could not be read of it, a sentence each. */
  readonly unread: readonly string[];
};

type Of = { readonly project: string; readonly build: number };

/** Approvals and checks of one run, as the viewing user may see them. */
export async function loadRunChecks(ado: AzureDevOps, of: Of): Promise<RunChecks> {
  const [approvals, timeline] = await Promise.all([
    reading(listPendingApprovals(ado, of)),
    reading(getTimeline(ado, of)),
  ]);
  const records = valueOf(timeline)?.records ?? [];
  const found = valueOf(approvals) ?? [];
  // What waits for an approval has begun, and then it has one.
  const isOdd = found.length > 0 && "value" in timeline && timeline.value === undefined;
  const stages = isOdd ? { error: oddAnswer("the run has no timeline") } : timeline;
  return {
    approvals: found
      .filter(({ pipeline }) => pipeline?.owner?.id === of.build)
      .map((approval) => ({
        ...{ project: of.project, approval, stage: stageOf(records, approval.id) },
      })),
    others: openChecksOf(records),
    unread: [
      ...unreadOf("Which approvals the run waits for", approvals),
      ...unreadOf("Which checks and stages the run waits for", stages),
    ],
  };
}

/** All open approvals of a project; which stages they hold is left out: it is a call for each. */
export async function loadApprovals(
  ado: AzureDevOps,
  { project }: Pick<Of, "project">,
): Promise<readonly RunApproval[]> {
  const found = await listPendingApprovals(ado, { project });
  return found.map((approval) => ({ project, approval, stage: undefined }));
}

/** Says yes or no to a stage, with what the viewer had before the eyes. */
export function decideRunApproval(
  ado: AzureDevOps,
  of: {
    readonly on: RunApproval;
    readonly status: "approved" | "rejected";
    readonly comment: string;
    /** `review of !12, digest 9f3c1a2b`; absent where no diff was shown. */
    readonly seen?: string;
  },
): Promise<void> {
  const { on, status, seen } = of;
  const comment = [of.comment.trim(), ...(seen === undefined ? [] : [`Seen: ${seen}.`])]
    .filter(Boolean)
    .join("\n");
  return decideApproval(ado, { project: on.project, approval: on.approval.id, status, comment });
}
