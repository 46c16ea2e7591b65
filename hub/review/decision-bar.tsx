import * as React from "react";
import { Failure } from "../components/note.tsx";
import { Mark } from "../components/mark.tsx";
import type { DecisionView } from "../view/decision-view.ts";
import { DecisionButtons } from "./decision-buttons.tsx";
import { RejectDialog } from "./reject-dialog.tsx";
import type { Decision } from "./use-decision.ts";

/** Publish or Approve, Complete, Reject, and what they came to. */
export function DecisionBar(props: {
  readonly view: DecisionView;
  readonly decision: Decision;
  readonly subject: string;
}) {
  const { view, decision, subject } = props;
  const [asking, setAsking] = React.useState(false);
  return (
    <div className="fg-decision">
      {view.actions !== undefined && (
        <DecisionButtons actions={view.actions} decision={decision} ask={() => setAsking(true)} />
      )}
      <div role="status" className="fg-outcome">
        {decision.done !== undefined && view.outcome === undefined && (
          <Mark tone="good">{decision.done}</Mark>
        )}
        {view.outcome !== undefined && <Mark tone={view.outcome.tone}>{view.outcome.text}</Mark>}
        {view.votes.map(({ text, tone }) => (
          <Mark key={text} tone={tone}>
            {text}
          </Mark>
        ))}
        {view.actions?.cannotDecide !== undefined && (
          <span className="fg-secondary">{view.actions.cannotDecide}</span>
        )}
        {view.actions?.approve === true && view.actions.cannotApprove !== undefined && (
          <span id="fg-cannot-approve" className="fg-secondary">
            {view.actions.cannotApprove}
          </span>
        )}
        {view.actions?.cannotComplete !== undefined && (
          <span className="fg-secondary">{view.actions.cannotComplete}</span>
        )}
        {view.actions?.unread !== undefined && (
          <span className="fg-secondary">{view.actions.unread}</span>
        )}
        {view.actions?.completesItself !== undefined && (
          <span className="fg-secondary">{view.actions.completesItself}</span>
        )}
      </div>
      {decision.error !== undefined && <Failure error={decision.error} />}
      {asking && (
        <RejectDialog
          subject={subject}
          onCancel={() => setAsking(false)}
          onReject={(reason) => {
            setAsking(false);
            decision.reject(reason);
          }}
        />
      )}
    </div>
  );
}
