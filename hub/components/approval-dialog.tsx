import * as React from "react";
import { Dialog } from "azure-devops-ui/Dialog";
import { TextField, TextFieldWidth } from "azure-devops-ui/TextField";
import type { ApprovalView } from "../view/approval-view.ts";

/** Approves or rejects a stage of a run; a rejection asks for its reason. */
export function ApprovalDialog(props: {
  readonly view: ApprovalView;
  readonly seen: string | undefined;
  readonly onDecide: (status: "approved" | "rejected", comment: string) => void;
  readonly onCancel: () => void;
}) {
  const { view, seen, onDecide, onCancel } = props;
  const [comment, setComment] = React.useState("");
  const given = comment.trim();
  return (
    <Dialog
      titleProps={{ text: `${view.title}: approve or reject` }}
      onDismiss={onCancel}
      defaultActiveElement=".fg-reason textarea"
      footerButtonProps={[
        { text: "Cancel", onClick: onCancel },
        {
          text: "Reject",
          danger: true,
          disabled: given === "",
          onClick: () => onDecide("rejected", given),
        },
        { text: "Approve", primary: true, onClick: () => onDecide("approved", given) },
      ]}
    >
      <p>
        The stage goes on, or the run fails there. It is no vote on a pull request
        {seen === undefined ? "." : `; the comment names what you saw: ${seen}.`}
      </p>
      <TextField
        className="fg-reason"
        label="Comment (a rejection needs one)"
        multiline={true}
        rows={3}
        maxLength={1000}
        width={TextFieldWidth.auto}
        value={comment}
        onChange={(_event, value) => setComment(value)}
      />
    </Dialog>
  );
}
