import * as React from "react";
import { Loaded } from "../../components/loaded.tsx";
import { ChangeList } from "../../diff/change-list.tsx";
import type { Change } from "../../diff/load-sides.ts";
import { call } from "../../rest.ts";
import { refusalOf } from "../../rights.ts";
import { useLive } from "../../use-live.ts";
import type { RepositoryPageProps } from "../page-props.ts";
import { CommentBox } from "./comment-box.tsx";
import type { PullRequestFacts } from "./pull-request-facts.ts";
import { addThread } from "./thread-calls.ts";
import { ThreadView } from "./thread-view.tsx";

type Place = { readonly path: string; readonly line: number | undefined };

/** What the branch changes, with the comments where they belong. */
export function PullRequestFiles(
  props: RepositoryPageProps &
    PullRequestFacts & {
      readonly url: string;
      readonly act: (work: () => Promise<unknown>) => void;
    },
) {
  const { project, repository, pullRequest, threads, url, act, rights } = props;
  const [place, setPlace] = React.useState<Place>();
  const root = `${project}/_apis/git/repositories/${encodeURIComponent(repository)}`;
  const base = pullRequest.lastMergeTargetCommit?.commitId;
  const target = pullRequest.lastMergeSourceCommit?.commitId;
  const live = useLive<readonly Change[]>(() => loadChanges(root, base, target), {
    key: `${root} ${base ?? ""} ${target ?? ""}`,
    everyMs: 600_000,
  });
  const refusal = refusalOf(rights, "pullRequests");
  const below = (path: string) => (line: number | undefined) => {
    const here = threads.filter(({ threadContext }) => {
      const at = threadContext?.rightFileStart?.line;
      return threadContext?.filePath === path && at === line;
    });
    const writing = place?.path === path && place.line === line;
    if (here.length === 0 && !writing) return null;
    return (
      <>
        {here.map((thread) => (
          <ThreadView key={thread.id} {...{ thread, url, refusal, act }} withPlace={false} />
        ))}
        {writing && (
          <CommentBox
            label={line === undefined ? `Comment on ${path}` : `Comment on line ${line}`}
            refusal={refusal}
            autoFocus={true}
            onCancel={() => setPlace(undefined)}
            onSend={(text) => act(() => addThread(url, { text, path, line }))}
          />
        )}
      </>
    );
  };
  return (
    <Loaded live={live}>
      {(changes) => (
        <ChangeList
          repositoryUrl={root}
          changes={changes}
          file={({ item: { path } }) => ({
            below: below(path),
            onComment: refusal === undefined ? (line) => setPlace({ path, line }) : undefined,
          })}
        />
      )}
    </Loaded>
  );
}

// From where the branch left its target to its head: what a merge would bring.
async function loadChanges(
  root: string,
  base: string | undefined,
  target: string | undefined,
): Promise<readonly Change[]> {
  if (base === undefined || target === undefined) return [];
  const query = new URLSearchParams({
    baseVersion: base,
    baseVersionType: "commit",
    targetVersion: target,
    targetVersionType: "commit",
    $top: "2000",
  });
  return (await call<{ changes: readonly Change[] }>(`${root}/diffs/commits?${query.toString()}`))
    .changes;
}
