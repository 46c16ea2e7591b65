import * as React from "react";
import { ActionButton } from "../../components/action-button.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { Took } from "../../components/took.tsx";
import type { TimelineRecord } from "../../rest-types.ts";
import { ApprovalDialog } from "./approval-dialog.tsx";
import { below, checkName, checksOf, stageName, stagesOf, stateOf } from "./records.ts";

/** A card a stage: how it is, what holds it back, and the way to try it again. */
export function RunStages(props: {
  readonly project: string;
  readonly records: readonly TimelineRecord[];
  readonly refusal: string | undefined;
  readonly retry: (stage: string) => void;
  readonly refresh: () => void;
}) {
  const { project, records, refusal, retry, refresh } = props;
  const [reviewed, setReviewed] = React.useState<readonly string[]>();
  return (
    <>
      <ol className="portal-stages" aria-label="Stages">
        {stagesOf(records).map((stage) => {
          const jobs = below(records, stage, "Job");
          const done = jobs.filter(({ state }) => state === "completed").length;
          const checks = checksOf(records, stage);
          const waiting = checks.filter(
            ({ type, state }) => type === "Checkpoint.Approval" && state !== "completed",
          );
          return (
            <li key={stage.id} aria-label={`Stage ${stageName(stage)}`} className="portal-card">
              <h2>{stageName(stage)}</h2>
              <p className="portal-facts">
                <StateMark state={waiting.length > 0 ? "pending" : stateOf(stage)} />
                <Took from={stage.startTime} to={stage.finishTime} />
                {(stage.attempt ?? 1) > 1 && <span>attempt {stage.attempt}</span>}
              </p>
              <p className="portal-quiet">
                {jobs.length === 0 ? "Not started" : `${done} of ${jobs.length} jobs completed`}
              </p>
              {checks.length > 0 && (
                <ul className="portal-plain" aria-label={`Checks of ${stageName(stage)}`}>
                  {checks.map((check) => (
                    <li key={check.id}>
                      <StateMark state={stateOf(check)} text={checkName(check)} />
                    </li>
                  ))}
                </ul>
              )}
              <p className="portal-links">
                {waiting.length > 0 && (
                  <ActionButton
                    text="Review"
                    primary={true}
                    ariaLabel={`Review the approval of ${stageName(stage)}`}
                    onClick={() => setReviewed(waiting.map(({ id }) => id))}
                  />
                )}
                {(stage.result === "failed" || stage.result === "canceled") && (
                  <ActionButton
                    text="Retry stage"
                    ariaLabel={`Retry stage ${stageName(stage)}`}
                    refusal={refusal}
                    onClick={() => retry(stage.identifier ?? stage.name)}
                  />
                )}
              </p>
            </li>
          );
        })}
      </ol>
      {reviewed && (
        <ApprovalDialog
          project={project}
          approvalIds={reviewed}
          onClose={() => setReviewed(undefined)}
          onDecided={() => {
            setReviewed(undefined);
            refresh();
          }}
        />
      )}
    </>
  );
}
