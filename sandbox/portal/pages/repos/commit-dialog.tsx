import * as React from "react";
import { Checkbox } from "azure-devops-ui/Checkbox";
import { Dialog } from "azure-devops-ui/Dialog";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { TextField } from "azure-devops-ui/TextField";
import { pullRequestAddress } from "../../addresses.ts";
import { openPage } from "../../navigation.ts";
import { showToast } from "../../shell/messages.ts";
import { commitFile, openPullRequest, type FileChange } from "./commit-file.ts";

/** Asks for message and branch; a new branch can lead straight to a pull request. */
export function CommitDialog(props: {
  readonly project: string;
  readonly base: string;
  readonly repository: string;
  readonly branch: string;
  readonly isDefault: boolean;
  readonly path: string;
  readonly change: FileChange;
  readonly onCancel: () => void;
  readonly onSaved: () => void;
}) {
  const { project, base, repository, branch, path, change, onCancel, onSaved } = props;
  const name = path.split("/").at(-1) ?? path;
  const [message, setMessage] = React.useState(
    `${change.type === "add" ? "Add" : "Update"} ${name}`,
  );
  const [target, setTarget] = React.useState(branch);
  const [review, setReview] = React.useState(true);
  const [state, setState] = React.useState<"ready" | "busy" | { readonly refused: string }>(
    "ready",
  );
  const isNew = target.trim() !== branch;
  const valid = message.trim() !== "" && /^[^\s~^:?*[\\]+$/.test(target.trim());
  const commit = async () => {
    setState("busy");
    try {
      const to = target.trim();
      await commitFile({ project, repository, from: branch, to, path, change, message });
      if (isNew && review) {
        const id = await openPullRequest({ project, repository, from: to, to: branch, message });
        return openPage(pullRequestAddress(base, repository, id));
      }
      showToast({ message: `Committed to ${to}`, durationMs: 5000 });
      onSaved();
    } catch (error) {
      setState({ refused: (error as Error).message });
    }
  };
  return (
    <Dialog
      titleProps={{ text: "Commit" }}
      onDismiss={onCancel}
      footerButtonProps={[
        { text: "Cancel", onClick: onCancel },
        {
          text: "Commit",
          primary: true,
          disabled: !valid || state === "busy",
          onClick: () => void commit(),
        },
      ]}
    >
      {typeof state === "object" && (
        <MessageCard severity={MessageCardSeverity.Error} role="alert" className="portal-message">
          {state.refused}
        </MessageCard>
      )}
      <div className="portal-form">
        <TextField
          label="Comment"
          required={true}
          value={message}
          onChange={(_event, value) => setMessage(value)}
        />
        <TextField
          label="Branch name"
          required={true}
          value={target}
          onChange={(_event, value) => setTarget(value)}
        />
        <p className="portal-hint">
          {isNew
            ? `A new branch, made from ${branch}.`
            : "Give another name to make a new branch and a pull request."}
        </p>
        <Checkbox
          label={`Create a pull request into ${branch}`}
          checked={isNew && review}
          disabled={!isNew}
          onChange={(_event, checked) => setReview(checked)}
        />
      </div>
    </Dialog>
  );
}
