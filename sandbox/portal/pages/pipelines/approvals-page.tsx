import * as React from "react";
import { runAddress } from "../../addresses.ts";
import { ActionButton } from "../../components/action-button.tsx";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Rows } from "../../components/rows.tsx";
import { When } from "../../components/when.tsx";
import { useLive } from "../../use-live.ts";
import type { PageProps } from "../page-props.ts";
import { readWhoAmI } from "../pull-request/votes.ts";
import { loadApprovals, refusalToDecide } from "./approval-calls.ts";
import { ApprovalDialog } from "./approval-dialog.tsx";

/** Every approval that a run waits for. */
export function ApprovalsPage({ project, base }: PageProps) {
  const live = useLive(
    async () => ({
      me: await readWhoAmI(),
      approvals: await loadApprovals(project, { state: "pending" }),
    }),
    { key: project },
  );
  const [reviewed, setReviewed] = React.useState<string>();
  return (
    <>
      <PageHead title="Approvals" area="Pipelines" below="What runs wait for, over all pipelines" />
      <Card flush={true}>
        <Loaded live={live}>
          {({ me, approvals }) => (
            <Rows
              label="Pending approvals"
              rows={approvals}
              keyOf={({ id }) => id}
              empty={<Nothing title="Nothing waits for an approval" />}
              columns={[
                {
                  name: "Run",
                  cell: ({ pipeline }) =>
                    pipeline?.owner ? (
                      <a href={runAddress(base, pipeline.owner.id)}>
                        {pipeline.name} #{pipeline.owner.name}
                      </a>
                    ) : (
                      (pipeline?.name ?? "")
                    ),
                },
                {
                  name: "Asked",
                  cell: ({ steps = [] }) =>
                    steps.map(({ assignedApprover }) => assignedApprover.displayName).join(", "),
                },
                { name: "Instructions", cell: ({ instructions }) => instructions ?? "" },
                {
                  name: "Since",
                  width: "130px",
                  cell: ({ createdOn }) => <When date={createdOn} />,
                },
                {
                  name: "Actions",
                  width: "120px",
                  cell: (approval) => (
                    <ActionButton
                      text="Review"
                      primary={refusalToDecide(approval, me.id) === undefined}
                      onClick={() => setReviewed(approval.id)}
                    />
                  ),
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
      {reviewed !== undefined && (
        <ApprovalDialog
          project={project}
          approvalIds={[reviewed]}
          onClose={() => setReviewed(undefined)}
          onDecided={() => {
            setReviewed(undefined);
            live.refresh();
          }}
        />
      )}
    </>
  );
}
