import * as React from "react";
import { ButtonGroup } from "azure-devops-ui/ButtonGroup";
import { Button } from "azure-devops-ui/Button";
import { TextField } from "azure-devops-ui/TextField";
import { Card } from "../../components/card.tsx";
import { CommitDialog } from "./commit-dialog.tsx";

/** A file's text to change, and the way to a commit. */
export function FileEditor(props: {
  readonly project: string;
  readonly base: string;
  readonly repository: string;
  readonly branch: string;
  readonly isDefault: boolean;
  readonly path: string;
  /** Undefined for a new file: its path is then asked for. */
  readonly text: string | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const { text, onClose, ...rest } = props;
  const [path, setPath] = React.useState(props.path);
  const [changed, setChanged] = React.useState(text ?? "");
  const [committing, setCommitting] = React.useState(false);
  const isNew = text === undefined;
  const ready = isNew ? /[^/]$/.test(path) : changed !== text;
  return (
    <Card>
      {isNew && (
        <TextField
          label="Path of the new file"
          value={path}
          onChange={(_event, value) => setPath(value)}
          autoFocus={true}
        />
      )}
      <textarea
        className="portal-editor"
        aria-label={`Content of ${path}`}
        spellCheck={false}
        autoFocus={!isNew}
        rows={Math.min(40, Math.max(14, changed.split("\n").length + 1))}
        value={changed}
        onChange={(event) => setChanged(event.target.value)}
      />
      <ButtonGroup className="portal-form-buttons">
        <Button
          text="Commit"
          primary={true}
          disabled={!ready}
          onClick={() => setCommitting(true)}
          tooltipProps={{ text: ready ? "" : "Nothing has changed yet" }}
        />
        <Button text="Discard" onClick={onClose} />
      </ButtonGroup>
      {committing && (
        <CommitDialog
          {...rest}
          path={path}
          change={{ type: isNew ? "add" : "edit", text: changed }}
          onCancel={() => setCommitting(false)}
        />
      )}
    </Card>
  );
}
