import * as React from "react";
import { ContentSize } from "azure-devops-ui/Callout";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { Panel } from "azure-devops-ui/Panel";
import { TextField, TextFieldWidth } from "azure-devops-ui/TextField";
import { Loaded } from "../../components/loaded.tsx";
import { Person } from "../../components/avatar.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import type { Approval } from "../../rest-types.ts";
import { useLive } from "../../use-live.ts";
import { readWhoAmI } from "../pull-request/votes.ts";
import { decide, loadApprovals, refusalToDecide } from "./approval-calls.ts";

/** What an approval asks, who has answered, and the answer of the one who looks. */
export function ApprovalDialog(props: {
  readonly project: string;
  readonly approvalIds: readonly string[];
  readonly onClose: () => void;
  readonly onDecided: () => void;
}) {
  const { project, approvalIds, onClose, onDecided } = props;
  const live = useLive(
    async () => ({
      me: await readWhoAmI(),
      approvals: await loadApprovals(project, { ids: approvalIds }),
    }),
    { key: approvalIds.join(), everyMs: 5000 },
  );
  const [comment, setComment] = React.useState("");
  const [error, setError] = React.useState<string>();
  const refusal =
    live.value &&
    live.value.approvals.map((one) => refusalToDecide(one, live.value?.me.id ?? "")).find(Boolean);
  const answer = (status: "approved" | "rejected") => {
    setError(undefined);
    decide(project, { approvalIds, status, comment }).then(onDecided, (failure: Error) =>
      setError(failure.message),
    );
  };
  const unknown = live.value === undefined;
  return (
    <Panel
      titleProps={{ text: "Checks and manual validations" }}
      onDismiss={onClose}
      size={ContentSize.Medium}
      footerButtonProps={[
        {
          text: "Reject",
          danger: true,
          disabled: unknown || refusal !== undefined,
          onClick: () => answer("rejected"),
        },
        {
          text: "Approve",
          primary: true,
          disabled: unknown || refusal !== undefined,
          onClick: () => answer("approved"),
        },
      ]}
    >
      <div className="portal-form portal-panel-form">
        {error !== undefined && (
          <MessageCard severity={MessageCardSeverity.Error} role="alert">
            {error}
          </MessageCard>
        )}
        {refusal !== undefined && (
          <MessageCard severity={MessageCardSeverity.Info}>{refusal}</MessageCard>
        )}
        <Loaded live={live}>
          {({ approvals }) => (
            <>
              {approvals.map((approval) => (
                <OneApproval key={approval.id} approval={approval} />
              ))}
            </>
          )}
        </Loaded>
        <TextField
          label="Comment"
          multiline={true}
          rows={3}
          width={TextFieldWidth.auto}
          disabled={refusal !== undefined}
          value={comment}
          onChange={(_event, value) => setComment(value)}
        />
      </div>
    </Panel>
  );
}

function OneApproval({ approval }: { readonly approval: Approval }) {
  const { instructions, minRequiredApprovers, steps = [] } = approval;
  return (
    <section aria-label="Approval">
      {instructions !== undefined && instructions !== "" && (
        <p className="portal-text">{instructions}</p>
      )}
      {minRequiredApprovers !== undefined && minRequiredApprovers > 0 && (
        <p className="portal-quiet">{minRequiredApprovers} must approve.</p>
      )}
      <ul className="portal-plain">
        {steps.map(({ assignedApprover, actualApprover, status, comment }) => (
          <li key={assignedApprover.id}>
            <Person name={(actualApprover ?? assignedApprover).displayName} />
            <StateMark state={status} />
            {comment !== undefined && comment !== "" && (
              <span className="portal-quiet">“{comment}”</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
