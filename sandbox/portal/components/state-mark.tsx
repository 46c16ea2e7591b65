import * as React from "react";
import { Status, StatusSize, Statuses, type IStatusProps } from "azure-devops-ui/Status";

const marks: Readonly<Record<string, IStatusProps>> = {
  succeeded: Statuses.Success,
  completed: Statuses.Success,
  approved: Statuses.Success,
  partiallySucceeded: Statuses.Warning,
  succeededWithIssues: Statuses.Warning,
  failed: Statuses.Failed,
  rejected: Statuses.Failed,
  error: Statuses.Failed,
  canceled: Statuses.Canceled,
  abandoned: Statuses.Canceled,
  skipped: Statuses.Skipped,
  notApplicable: Statuses.Skipped,
  pending: Statuses.Waiting,
  notStarted: Statuses.Queued,
  active: Statuses.Running,
  inProgress: Statuses.Running,
};

/** A state of the service as symbol and word; an unknown word is shown as it came. */
export function StateMark(props: { readonly state: string; readonly text?: React.ReactNode }) {
  const { state, text = wordsOf(state) } = props;
  return (
    <span className="portal-mark">
      <span aria-hidden="true" className="portal-mark-sign">
        <Status {...(marks[state] ?? Statuses.Information)} size={StatusSize.m} />
      </span>
      <span>{text}</span>
    </span>
  );
}

function wordsOf(state: string): string {
  const words = state.replace(/([A-Z])/g, " $1").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
