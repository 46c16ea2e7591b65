import * as React from "react";
import { Dialog } from "azure-devops-ui/Dialog";
import { TextField, TextFieldWidth } from "azure-devops-ui/TextField";

/** Asks for the reason, which the paused run and its author get to read. */
export function RejectDialog(props: {
  readonly subject: string;
  readonly onReject: (reason: string) => void;
  readonly onCancel: () => void;
}) {
  const [reason, setReason] = React.useState("");
  const given = reason.trim();
  return (
    <Dialog
      titleProps={{ text: `Reject ${props.subject}?` }}
      onDismiss={props.onCancel}
      defaultActiveElement=".fg-reason textarea"
      footerButtonProps={[
        { text: "Cancel", onClick: props.onCancel },
        {
          text: "Reject",
          danger: true,
          disabled: given === "",
          onClick: () => props.onReject(given),
        },
      ]}
    >
      <p>The pull request is abandoned and the run that waits for it ends. Nothing is deployed.</p>
      <TextField
        className="fg-reason"
        label="Reason"
        required={true}
        multiline={true}
        rows={4}
        maxLength={1000}
        width={TextFieldWidth.auto}
        value={reason}
        onChange={(_event, value) => setReason(value)}
      />
    </Dialog>
  );
}
