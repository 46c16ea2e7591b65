import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { ButtonGroup } from "azure-devops-ui/ButtonGroup";
import { TextField, TextFieldWidth } from "azure-devops-ui/TextField";
import { ActionButton } from "../../components/action-button.tsx";
import { Card } from "../../components/card.tsx";
import { PlainMarkdown } from "../../components/plain-markdown.tsx";
import { call } from "../../rest.ts";
import type { PullRequest } from "../../rest-types.ts";

const longest = 4000;

/** The description, and the way to change it and the title. */
export function Description(props: {
  readonly pullRequest: PullRequest;
  readonly url: string;
  readonly refusal: string | undefined;
  readonly act: (work: () => Promise<unknown>) => void;
}) {
  const { pullRequest, url, refusal, act } = props;
  const [draft, setDraft] = React.useState<{ title: string; description: string }>();
  const { title, description = "", status } = pullRequest;
  const save = () => {
    if (draft) act(() => call(`${url}?api-version=7.1`, { method: "PATCH", body: draft }));
    setDraft(undefined);
  };
  if (draft) {
    return (
      <Card title="Description">
        <div className="portal-form">
          <TextField
            label="Title"
            value={draft.title}
            width={TextFieldWidth.auto}
            onChange={(_event, value) => setDraft({ ...draft, title: value })}
          />
          <TextField
            label="Description"
            multiline={true}
            rows={8}
            maxLength={longest}
            width={TextFieldWidth.auto}
            value={draft.description}
            onChange={(_event, value) => setDraft({ ...draft, description: value })}
          />
          <ButtonGroup>
            <Button text="Save" primary={true} disabled={!draft.title.trim()} onClick={save} />
            <Button text="Cancel" onClick={() => setDraft(undefined)} />
          </ButtonGroup>
        </div>
      </Card>
    );
  }
  return (
    <Card
      title="Description"
      aside={
        status === "active" && (
          <ActionButton
            subtle={true}
            text="Edit"
            ariaLabel="Edit title and description"
            refusal={refusal}
            onClick={() => setDraft({ title, description })}
          />
        )
      }
    >
      {description.trim() === "" ? (
        <p className="portal-empty">There is no description.</p>
      ) : (
        <PlainMarkdown text={description} />
      )}
    </Card>
  );
}
