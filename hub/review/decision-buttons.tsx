import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { ButtonGroup } from "azure-devops-ui/ButtonGroup";
import type { MergeStrategy } from "../../clients/azure-devops/merge-strategies.ts";
import type { Actions } from "../view/decision-view.ts";
import type { Decision } from "./use-decision.ts";

const strategyNames: Readonly<Record<MergeStrategy, string>> = {
  noFastForward: "Merge",
  squash: "Squash",
  rebase: "Rebase, fast-forward",
  rebaseMerge: "Rebase, then merge",
};

/** Publish or Approve, Complete now or once the policies are met, Reject. */
export function DecisionButtons(props: {
  readonly actions: Actions;
  readonly decision: Decision;
  readonly ask: () => void;
}) {
  const { actions, decision, ask } = props;
  const [chosen, choose] = React.useState<MergeStrategy | undefined>(undefined);
  const { strategies } = actions;
  const strategy = chosen !== undefined && strategies.includes(chosen) ? chosen : actions.strategy;
  const busy = decision.busy !== undefined;
  const barred = busy || actions.cannotDecide !== undefined;
  return (
    <ButtonGroup>
      {actions.publish ? (
        <Button text="Publish" primary={true} disabled={barred} onClick={decision.publish} />
      ) : (
        <Button
          text={actions.approve ? "Approve" : "Approved"}
          primary={actions.approve}
          disabled={barred || !actions.approve || actions.cannotApprove !== undefined}
          ariaDescribedBy={actions.cannotApprove === undefined ? "" : "fg-cannot-approve"}
          onClick={decision.approve}
        />
      )}
      {actions.mayCompleteItself ? (
        <Button
          text={decision.busy === "completeLater" ? "Setting…" : "Complete once policies are met"}
          primary={!actions.publish && !actions.approve}
          disabled={busy}
          onClick={() => decision.completeLater(strategy)}
        />
      ) : (
        <Button
          text={decision.busy === "complete" ? "Completing…" : "Complete"}
          primary={!actions.publish && !actions.approve}
          disabled={busy || actions.cannotComplete !== undefined}
          onClick={() => decision.complete(strategy)}
        />
      )}
      {strategies.length > 0 && (
        <Strategies strategies={strategies} value={strategy} choose={choose} />
      )}
      <Button text="Reject" danger={true} disabled={barred} onClick={ask} />
    </ButtonGroup>
  );
}

function Strategies(props: {
  readonly strategies: readonly MergeStrategy[];
  readonly value: MergeStrategy | undefined;
  readonly choose: (strategy: MergeStrategy) => void;
}) {
  const { strategies, value, choose } = props;
  return (
    <label className="fg-secondary">
      Merge type{" "}
      <select
        value={value}
        onChange={({ target }) => {
          const found = strategies.find((one) => one === target.value);
          if (found !== undefined) choose(found);
        }}
      >
        {strategies.map((one) => (
          <option key={one} value={one}>
            {strategyNames[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
