import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { TextField, TextFieldWidth } from "azure-devops-ui/TextField";
import { ActionButton } from "../../components/action-button.tsx";

/** One line that grows into a comment. */
export function CommentBox(props: {
  readonly label: string;
  readonly refusal: string | undefined;
  readonly autoFocus?: boolean;
  readonly onSend: (text: string) => void;
  readonly onCancel?: () => void;
}) {
  const { label, refusal, autoFocus = false, onSend, onCancel } = props;
  const [text, setText] = React.useState("");
  const [touched, setTouched] = React.useState(autoFocus);
  const close = () => {
    setText("");
    setTouched(false);
    onCancel?.();
  };
  return (
    <div className="portal-comment-box">
      <TextField
        ariaLabel={label}
        placeholder={`${label} …`}
        multiline={true}
        rows={touched ? 3 : 1}
        resizable={false}
        autoFocus={autoFocus}
        width={TextFieldWidth.auto}
        disabled={refusal !== undefined}
        value={text}
        onFocus={() => setTouched(true)}
        onChange={(_event, value) => setText(value)}
      />
      {touched && (
        <div className="portal-form-buttons">
          <ActionButton
            text="Comment"
            primary={true}
            refusal={refusal}
            disabled={text.trim() === ""}
            onClick={() => {
              onSend(text.trim());
              close();
            }}
          />
          <Button text="Cancel" onClick={close} />
        </div>
      )}
    </div>
  );
}
