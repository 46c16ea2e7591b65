import * as React from "react";
import { Checkbox } from "azure-devops-ui/Checkbox";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { TextField, TextFieldWidth } from "azure-devops-ui/TextField";
import { pullRequestAddress, shortBranch } from "../../addresses.ts";
import { ActionButton, Refusals } from "../../components/action-button.tsx";
import { BranchPicker } from "../../components/branch-picker.tsx";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { ChangeList } from "../../diff/change-list.tsx";
import type { Change } from "../../diff/load-sides.ts";
import { openPage } from "../../navigation.ts";
import { call } from "../../rest.ts";
import { refusalOf } from "../../rights.ts";
import { namesOf, useBranches } from "../../use-branches.ts";
import { useLive } from "../../use-live.ts";
import type { RepositoryPageProps } from "../page-props.ts";
import { openPullRequest } from "../repos/commit-file.ts";

type Comparison = {
  readonly aheadCount: number;
  readonly behindCount: number;
  readonly changes: readonly Change[];
};

/** From one branch into another, with what that would change. */
export function NewPullRequestPage(
  props: RepositoryPageProps & {
    readonly source: string | undefined;
    readonly target: string | undefined;
  },
) {
  const { project, base, repository, repositories, rights } = props;
  const main = repositories.find(({ name }) => name === repository)?.defaultBranch;
  const branches = useBranches(project, repository);
  const names = namesOf(branches.value, main);
  const [target, setTarget] = React.useState(props.target ?? shortBranch(main ?? "main"));
  const [chosen, setChosen] = React.useState(props.source);
  const source = chosen ?? names.find((name) => name !== target) ?? target;
  const [title, setTitle] = React.useState<string>();
  const [description, setDescription] = React.useState("");
  const [isDraft, setIsDraft] = React.useState(false);
  const [error, setError] = React.useState<string>();
  const shown = title ?? sentenceOf(source);
  const refusal = refusalOf(rights, "pullRequests");
  const create = () => {
    setError(undefined);
    const request = { from: source, to: target, message: shown, description, isDraft };
    openPullRequest({ project, repository, ...request }).then(
      (id) => openPage(pullRequestAddress(base, repository, id)),
      (failure: Error) => setError(failure.message),
    );
  };
  return (
    <>
      <PageHead title="New pull request" area={`${repository} - Repos`}>
        <Refusals reasons={[refusal]} />
      </PageHead>
      {error !== undefined && (
        <MessageCard severity={MessageCardSeverity.Error} role="alert" className="portal-message">
          {error}
        </MessageCard>
      )}
      <Card>
        <div className="portal-form">
          <div className="portal-branches">
            <BranchPicker label="From" branches={names} value={source} onChange={setChosen} />
            <BranchPicker label="into" branches={names} value={target} onChange={setTarget} />
          </div>
          <TextField
            label="Title"
            required={true}
            width={TextFieldWidth.auto}
            value={shown}
            onChange={(_event, value) => setTitle(value)}
          />
          <TextField
            label="Description"
            multiline={true}
            rows={5}
            maxLength={4000}
            width={TextFieldWidth.auto}
            value={description}
            onChange={(_event, value) => setDescription(value)}
          />
          <Checkbox
            label="Create as draft: it can be looked at, not completed"
            checked={isDraft}
            onChange={(_event, checked) => setIsDraft(checked)}
          />
          <div className="portal-form-buttons">
            <ActionButton
              text="Create"
              primary={true}
              refusal={refusal}
              disabled={source === target || shown.trim() === ""}
              onClick={create}
            />
          </div>
        </div>
      </Card>
      {source === target ? (
        <Nothing title="Choose two branches">There is nothing to compare yet.</Nothing>
      ) : (
        <Preview {...{ project, repository, source, target }} />
      )}
    </>
  );
}

function Preview(props: {
  readonly project: string;
  readonly repository: string;
  readonly source: string;
  readonly target: string;
}) {
  const { project, repository, source, target } = props;
  const root = `${project}/_apis/git/repositories/${encodeURIComponent(repository)}`;
  const query = new URLSearchParams({
    baseVersion: target,
    baseVersionType: "branch",
    targetVersion: source,
    targetVersionType: "branch",
    $top: "2000",
  });
  const url = `${root}/diffs/commits?${query.toString()}`;
  const live = useLive(() => call<Comparison>(url), { key: url, everyMs: 60_000 });
  return (
    <Loaded live={live}>
      {({ aheadCount, behindCount, changes }) => (
        <>
          <p className="portal-quiet">
            {source} is {aheadCount} commits ahead of {target} and {behindCount} behind.
          </p>
          <ChangeList repositoryUrl={root} changes={changes} />
        </>
      )}
    </Loaded>
  );
}

// `raise-the-cache` → "Raise the cache".
function sentenceOf(branch: string): string {
  const words = (branch.split("/").at(-1) ?? branch).replaceAll(/[-_]+/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
