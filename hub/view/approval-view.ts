import type { ApprovalStep } from "../../clients/azure-devops/approvals.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import type { OpenCheck } from "../../core/run/checkpoints.ts";
import type { RunApproval } from "../data/load-run-checks.ts";
import { agoText } from "./ago.ts";

/** An approval that a stage waits for, and what the viewer can do about it. */
export type ApprovalView = {
  readonly id: string;
  /** `Stage deploy`, or the run alone where the stage is not known. */
  readonly title: string;
  readonly run: { readonly text: string; readonly url: string } | undefined;
  readonly asked: string;
  /** What whoever set it up wrote for the approvers. */
  readonly instructions: string;
  /** `2 of 3 have to approve`. */
  readonly needs: string;
  readonly steps: readonly string[];
  /** Why the viewer cannot decide it; undefined where that is allowed, or not told beforehand. */
  readonly cannotDecide: string | undefined;
  readonly source: RunApproval;
};

type At = {
  readonly organisationUrl: string;
  readonly me: { readonly id: string };
  readonly now: number;
};

export function approvalView(source: RunApproval, at: At): ApprovalView {
  const { approval, stage, project } = source;
  const { pipeline, createdOn, instructions = "", steps = [] } = approval;
  const owner = pipeline?.owner;
  const needed = approval.minRequiredApprovers ?? steps.length;
  return {
    id: approval.id,
    title: stage === undefined ? "A stage" : `Stage ${stage}`,
    run: owner && {
      text: [pipeline.name, owner.name ?? String(owner.id)].filter(Boolean).join(" "),
      url: runUrl({ organisationUrl: at.organisationUrl, project, build: owner.id }),
    },
    asked: createdOn === undefined ? "" : `Asked ${agoText(createdOn, at.now)}`,
    instructions,
    needs: steps.length > 1 ? `${needed} of ${steps.length} have to approve` : "",
    steps: steps.map(stepText),
    cannotDecide: hindrance(source, at.me.id.toLowerCase()),
    source,
  };
}

function stepText(step: ApprovalStep): string {
  const { assignedApprover, actualApprover, status, comment = "" } = step;
  const asked = assignedApprover.displayName;
  const who = actualApprover?.displayName ?? asked;
  const of = who === asked ? who : `${who} (for ${asked})`;
  const said = comment.trim() === "" ? "" : `: “${comment.trim()}”`;
  switch (status) {
    case "pending":
      return `${asked} is asked`;
    case "uninitiated":
      return `${asked} is asked later: one decides after the other`;
    default:
      return `${of} ${status}${said}`;
  }
}

// Approvers may be groups, which steps do not open: what the service lets this user do counts.
function hindrance({ approval }: RunApproval, me: string): string | undefined {
  const { blockedApprovers = [], steps = [], permissions } = approval;
  const isMe = ({ id }: { readonly id: string }) => id.toLowerCase() === me;
  if (blockedApprovers.some(isMe))
    return "You may not approve it: who asked for the run is barred.";
  const mine = steps.find(({ assignedApprover }) => isMe(assignedApprover));
  if (mine?.status === "uninitiated") return "It is not your turn yet: others decide before you.";
  const decided = steps.find(({ actualApprover }) => actualApprover && isMe(actualApprover));
  if (decided !== undefined && mine?.status !== "pending") return "You have decided already.";
  if (permissions === undefined || steps.length === 0) return undefined;
  if (/\bupdate\b/i.test(permissions)) return undefined;
  const names = steps.map(({ assignedApprover }) => assignedApprover.displayName);
  return `Only ${names.join(", ")} can decide.`;
}

const kinds: Readonly<Record<OpenCheck["kind"], string>> = {
  lock: "an exclusive lock, which another run holds",
  authorization: "leave to use a resource, which its administrator gives",
  check: "a check that decides by itself (hours, branch, or a call of a service)",
};

/** `Stage deploy waits for an exclusive lock, which another run holds.` */
export function openCheckText({ stage, kind }: OpenCheck): string {
  return `${stage === "" ? "A stage" : `Stage ${stage}`} waits for ${kinds[kind]}.`;
}
