import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { TextField, TextFieldWidth } from "azure-devops-ui/TextField";
import { postComment } from "../../clients/azure-devops/pull-request-threads.ts";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { approve } from "../data/decide.ts";
import { reading } from "../data/read.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";
import type { AwaitingItem } from "../view/awaiting-view.ts";
import { count } from "../../core/count.ts";
import { plainError } from "../view/plain-error.ts";

export type Selected = { readonly item: AwaitingItem; readonly facts: PullRequestFacts };

/** One comment for several: each is approved for what was compared of it, or says why not. */
export function ApproveSelected(props: {
  readonly selected: readonly Selected[];
  readonly onDone: () => void;
}) {
  const { ado } = useHost();
  const { selected, onDone } = props;
  const [text, setText] = React.useState("");
  const [busy, setBusy] = React.useState(false);
  const [done, setDone] = React.useState("");
  const [errors, setErrors] = React.useState<readonly string[]>([]);

  const approveAll = async () => {
    setBusy(true);
    const failed: string[] = [];
    let approved = 0;
    for (const { item, facts } of selected) {
      const { pullRequest, me } = facts;
      const { repository, pullRequestId: id } = pullRequest;
      const repo = { project: repository.project.id, repository: repository.id };
      if (item.vote === undefined || me === undefined) continue;
      const vote = await reading(approve(ado, { repo, id, me, seen: item.vote }));
      if ("error" in vote) {
        failed.push(`!${id} is not approved by you: ${plainError(vote.error)}`);
        continue;
      }
      approved += 1;
      if (text.trim() === "") continue;
      const said = await reading(postComment(ado, { repo, id, text: text.trim() }));
      if ("error" in said) {
        failed.push(`Your comment is not on !${id}, which you approved: ${plainError(said.error)}`);
      }
    }
    setBusy(false);
    setErrors(failed);
    setDone(approved === 0 ? "" : `You approved ${count(approved, "pull request")}.`);
    onDone();
  };
  const number = selected.length;
  return (
    <div className="fg-bulk">
      <TextField
        ariaLabel="Comment for all that are approved"
        placeholder="Comment for all that are approved"
        maxLength={1000}
        width={TextFieldWidth.auto}
        value={text}
        onChange={(_event, value) => setText(value)}
      />
      <Button
        text={
          busy ? "Approving…" : number === 0 ? "Approve selected" : `Approve ${number} selected`
        }
        primary={true}
        disabled={busy || number === 0}
        onClick={() => void approveAll()}
      />
      <span role="status" className="fg-secondary">
        {done}
      </span>
      {errors.map((error, index) => (
        <Failure key={index} error={error} />
      ))}
    </div>
  );
}
