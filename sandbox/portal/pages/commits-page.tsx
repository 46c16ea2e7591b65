import * as React from "react";
import { Loaded } from "../components/loaded.tsx";
import { Rows } from "../components/rows.tsx";
import { Sha } from "../components/sha.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { When } from "../components/when.tsx";
import { call, list } from "../rest.ts";
import type { Commit, GitStatus } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";

type Row = Commit & { readonly statuses: readonly GitStatus[] };

export function CommitsPage({ project, base, repository }: PageProps & { repository: string }) {
  const live = useLive(() => load(project, repository), { key: repository });
  return (
    <>
      <h1>Commits of {repository}</h1>
      <Loaded live={live}>
        {(rows) => (
          <Rows
            label="Commits"
            rows={rows}
            keyOf={({ commitId }) => commitId}
            empty="No commit yet."
            columns={[
              {
                name: "Commit",
                width: "90px",
                cell: ({ commitId }) => (
                  <Sha base={base} repository={repository} commit={commitId} />
                ),
              },
              { name: "Message", cell: ({ comment }) => comment.split("\n")[0] },
              { name: "Status", width: "220px", cell: statusCell },
              { name: "Author", cell: ({ author }) => author.name },
              { name: "When", cell: ({ author }) => <When date={author.date} /> },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}

// As the service shows it: one symbol a commit, the worst of its newest statuses.
function statusCell({ statuses }: Row): React.ReactNode {
  if (statuses.length === 0) return "";
  const states = statuses.map(({ state }) => state);
  const worst =
    ["error", "failed", "pending", "succeeded"].find((state) => states.includes(state)) ??
    "notApplicable";
  const good = states.filter((state) => state === "succeeded").length;
  return (
    <span className="flex-row rhythm-horizontal-8">
      <StateMark state={worst} />
      <span className="secondary-text">
        {good}/{states.length}
      </span>
    </span>
  );
}

async function load(project: string, repository: string): Promise<readonly Row[]> {
  const root = `${project}/_apis/git/repositories/${repository}`;
  const commits = await list<Commit>(`${root}/commits?searchCriteria.$top=30`);
  return Promise.all(
    commits.map(async (commit) => ({
      ...commit,
      statuses: (
        await call<{ value: GitStatus[] }>(
          `${root}/commits/${commit.commitId}/statuses?latestOnly=true`,
        )
      ).value,
    })),
  );
}
