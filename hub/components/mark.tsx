import * as React from "react";
import { Status, Statuses, StatusSize } from "azure-devops-ui/Status";
import type { Tone } from "../view/tone.ts";

const statuses = {
  good: Statuses.Success,
  bad: Statuses.Failed,
  warning: Statuses.Warning,
  running: Statuses.Running,
  waiting: Statuses.Waiting,
  plain: Statuses.Information,
} as const;

/** A sign and its words: never a colour alone. */
export function Mark(props: { readonly tone: Tone; readonly children: React.ReactNode }) {
  return (
    <span className="fg-mark">
      <span aria-hidden="true" className="fg-mark-sign">
        <Status {...statuses[props.tone]} size={StatusSize.m} animated={false} />
      </span>
      <span>{props.children}</span>
    </span>
  );
}
