import * as React from "react";
import { Checkbox } from "azure-devops-ui/Checkbox";
import { Dialog } from "azure-devops-ui/Dialog";
import { TextField } from "azure-devops-ui/TextField";
import { shortBranch } from "../../addresses.ts";
import { call } from "../../rest.ts";
import type { PullRequest } from "../../rest-types.ts";
import { readWhoAmI } from "./votes.ts";

const strategies = [
  ["noFastForward", "Merge (no fast forward)", "Keeps all commits and adds a merge commit."],
  ["squash", "Squash commit", "One commit with all changes; the branch's commits are left out."],
  [
    "rebase",
    "Rebase and fast-forward",
    "The commits again, on top of the target; no merge commit.",
  ],
  [
    "rebaseMerge",
    "Semi-linear merge",
    "The commits again on top of the target, and a merge commit.",
  ],
] as const;

/** How to complete: strategy, message, and whether the branch is still wanted. */
export function CompleteDialog(props: {
  readonly pullRequest: PullRequest;
  readonly url: string;
  /** Set auto-complete in place of completing at once. */
  readonly auto: boolean;
  readonly onCancel: () => void;
  readonly onDone: (work: () => Promise<unknown>) => void;
}) {
  const { pullRequest, url, auto, onCancel, onDone } = props;
  const { pullRequestId, title, sourceRefName, targetRefName } = pullRequest;
  const [strategy, setStrategy] = React.useState<string>("noFastForward");
  const [remove, setRemove] = React.useState(true);
  const [message, setMessage] = React.useState(`Merged PR ${pullRequestId}: ${title}`);
  const work = async () => {
    const completionOptions = {
      mergeStrategy: strategy,
      deleteSourceBranch: remove,
      mergeCommitMessage: message,
    };
    const body = auto
      ? { autoCompleteSetBy: { id: (await readWhoAmI()).id }, completionOptions }
      : {
          status: "completed",
          lastMergeSourceCommit: pullRequest.lastMergeSourceCommit,
          completionOptions,
        };
    return call(`${url}?api-version=7.1`, { method: "PATCH", body });
  };
  return (
    <Dialog
      titleProps={{ text: auto ? "Set auto-complete" : "Complete pull request" }}
      onDismiss={onCancel}
      footerButtonProps={[
        { text: "Cancel", onClick: onCancel },
        {
          text: auto ? "Set auto-complete" : "Complete merge",
          primary: true,
          onClick: () => onDone(work),
        },
      ]}
    >
      <div className="portal-form">
        <p>
          {shortBranch(sourceRefName)} into {shortBranch(targetRefName)}
          {auto && ", as soon as every required policy has passed"}
        </p>
        <fieldset className="portal-choices">
          <legend>Merge type</legend>
          {strategies.map(([value, name, hint]) => (
            <label key={value}>
              <input
                type="radio"
                name="strategy"
                value={value}
                checked={strategy === value}
                onChange={() => setStrategy(value)}
              />
              <span>
                {name}
                <span className="portal-quiet">{hint}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <TextField
          label="Message of the commit"
          value={message}
          onChange={(_event, value) => setMessage(value)}
        />
        <Checkbox
          label={`Delete ${shortBranch(sourceRefName)} after merging`}
          checked={remove}
          onChange={(_event, checked) => setRemove(checked)}
        />
      </div>
    </Dialog>
  );
}
