import * as React from "react";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { RunApprovals } from "../components/run-approvals.tsx";
import { loadApprovals } from "../data/load-run-checks.ts";
import { reading } from "../data/read.ts";
import { useLive, useNow } from "../data/use-live.ts";
import { approvalView } from "../view/approval-view.ts";
import { count } from "../../core/count.ts";
import { unreadText } from "../view/unread.ts";

const everyMs = 60_000;

/** Open approvals of runs in the project: those that the viewer may decide, and how many others. */
export function AwaitingApprovals() {
  const { ado, project } = useHost();
  const now = useNow();
  const found = useLive(
    async () => {
      const [who, approvals] = await Promise.all([
        reading(readConnectionData(ado)),
        loadApprovals(ado, { project: project.id }),
      ]);
      return { who, approvals };
    },
    { key: project.id, everyMs },
  );
  if (found.value === undefined) {
    if (found.error === undefined) return null;
    const text = unreadText("Which approvals of runs wait", found.error);
    return <Failure error={text} retry={found.refresh} />;
  }
  const { who, approvals } = found.value;
  if ("error" in who) {
    if (approvals.length === 0) return null;
    const wait = `${count(approvals.length, "approval")} of runs in this project ${approvals.length === 1 ? "waits" : "wait"}`;
    const text = unreadText(
      `${wait}. Whether you may decide them is not known: who you are`,
      who.error,
    );
    return <Failure error={text} retry={found.refresh} />;
  }
  const me = { id: who.value.authenticatedUser.id };
  const at = { organisationUrl: ado.organisationUrl, me, now };
  const mine = approvals.filter((one) => approvalView(one, at).cannotDecide === undefined);
  const others = approvals.length - mine.length;
  return (
    <>
      <RunApprovals
        title="Approvals of runs"
        checks={{ approvals: mine, others: [], unread: [] }}
        {...{ me, now, refresh: found.refresh }}
      />
      {others > 0 && (
        <p className="fg-secondary">
          {count(others, "approval")} of runs in this project {others === 1 ? "waits" : "wait"} for
          others.
        </p>
      )}
    </>
  );
}
