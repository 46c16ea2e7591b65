import * as React from "react";
import { CommitStatuses } from "../components/commit-statuses.tsx";
import { Loaded } from "../components/loaded.tsx";
import { When } from "../components/when.tsx";
import { call } from "../rest.ts";
import type { Commit } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";

type Change = {
  readonly changeType: string;
  readonly item: { readonly path: string; readonly isFolder?: boolean };
};
type Details = { readonly commit: Commit; readonly changes: readonly Change[] };

export function CommitPage(props: PageProps & { repository: string; commit: string }) {
  const { project, repository, commit } = props;
  const url = `${project}/_apis/git/repositories/${repository}/commits/${commit}`;
  const live = useLive<Details>(
    async () => ({
      commit: await call<Commit>(url),
      changes: (await call<{ changes: Change[] }>(`${url}/changes`)).changes,
    }),
    { key: commit, everyMs: 60_000 },
  );
  return (
    <>
      <h1>
        Commit <span className="monospaced-text">{commit.slice(0, 8)}</span> in {repository}
      </h1>
      <Loaded live={live}>
        {(details) => (
          <>
            <p>
              {details.commit.author.name}, <When date={details.commit.author.date} />
            </p>
            <pre className="portal-text">{details.commit.comment}</pre>
          </>
        )}
      </Loaded>
      <h2>Statuses</h2>
      <CommitStatuses project={project} repository={repository} commit={commit} />
      <h2>Files</h2>
      <Loaded live={live}>
        {({ changes }) => (
          <ul className="portal-files">
            {changes
              .filter(({ item }) => !item.isFolder)
              .map(({ changeType, item }) => (
                <li key={item.path}>
                  <code>{item.path}</code> <span className="secondary-text">{changeType}</span>
                </li>
              ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}
