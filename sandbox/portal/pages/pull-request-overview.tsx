import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { ButtonGroup } from "azure-devops-ui/ButtonGroup";
import { MessageCard, MessageCardSeverity } from "azure-devops-ui/MessageCard";
import { CommitStatuses } from "../components/commit-statuses.tsx";
import { Loaded } from "../components/loaded.tsx";
import { Sha } from "../components/sha.tsx";
import { When } from "../components/when.tsx";
import { call, list } from "../rest.ts";
import type { Person, PullRequest, Thread } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";

const votes: Readonly<Record<number, string>> = {
  10: "approved",
  5: "approved with suggestions",
  0: "no vote",
  [-5]: "waits for the author",
  [-10]: "rejected",
};

export function PullRequestOverview(
  props: PageProps & {
    repository: string;
    pullRequest: PullRequest;
    url: string;
    refresh: () => void;
  },
) {
  const { pullRequest, url, refresh, project, base, repository } = props;
  const [error, setError] = React.useState<string>();
  const threads = useLive(() => list<Thread>(`${url}/threads`), { key: `${url}/threads` });

  const act = (work: () => Promise<unknown>) => {
    setError(undefined);
    work().then(refresh, (failure: Error) => setError(failure.message));
  };
  const head = pullRequest.lastMergeSourceCommit?.commitId;
  const merged = pullRequest.lastMergeCommit?.commitId;
  return (
    <>
      {error && <MessageCard severity={MessageCardSeverity.Error}>{error}</MessageCard>}
      {pullRequest.mergeStatus === "conflicts" && (
        <MessageCard severity={MessageCardSeverity.Warning}>
          {pullRequest.mergeFailureMessage ?? "The branches conflict."}
        </MessageCard>
      )}
      {pullRequest.status === "active" && (
        <ButtonGroup>
          <Button text="Approve" onClick={() => act(() => vote(url, 10))} />
          <Button text="Reject" onClick={() => act(() => vote(url, -10))} />
          <Button
            text="Complete"
            primary={true}
            disabled={head === undefined}
            onClick={() =>
              act(() =>
                call(url, {
                  method: "PATCH",
                  body: {
                    status: "completed",
                    lastMergeSourceCommit: { commitId: head },
                    completionOptions: { deleteSourceBranch: true },
                  },
                }),
              )
            }
          />
          <Button
            text="Abandon"
            subtle={true}
            onClick={() => act(() => call(url, { method: "PATCH", body: { status: "abandoned" } }))}
          />
        </ButtonGroup>
      )}
      <h2>Reviewers</h2>
      {pullRequest.reviewers.length === 0 ? (
        <p className="portal-empty">Nobody has voted.</p>
      ) : (
        <ul>
          {pullRequest.reviewers.map(({ id, displayName, vote: value }) => (
            <li key={id}>
              {displayName}: {votes[value] ?? value}
            </li>
          ))}
        </ul>
      )}
      <h2>Description</h2>
      <pre className="portal-text">{pullRequest.description ?? ""}</pre>
      {head && (
        <>
          <h2>
            Statuses of the branch's head <Sha {...{ base, repository }} commit={head} />
          </h2>
          <CommitStatuses {...{ project, repository }} commit={head} />
        </>
      )}
      {pullRequest.status === "completed" && merged && (
        <>
          <h2>
            Statuses of the merge <Sha {...{ base, repository }} commit={merged} />
          </h2>
          <CommitStatuses {...{ project, repository }} commit={merged} />
        </>
      )}
      <h2>Comments</h2>
      <Loaded live={threads}>
        {(all) => (
          <ul>
            {all
              .flatMap(({ comments }) => comments)
              .map(({ id, content, author, publishedDate }) => (
                <li key={`${id}${publishedDate}`}>
                  <b>{author.displayName}</b>, <When date={publishedDate} />: {content}
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}

async function vote(url: string, value: number): Promise<void> {
  const me = await call<{ authenticatedUser: Person }>(
    "_apis/connectionData?api-version=7.1-preview",
  );
  const reviewer = `${url}/reviewers/${me.authenticatedUser.id}`;
  await call(reviewer, { method: "PUT", body: { vote: value } });
}
