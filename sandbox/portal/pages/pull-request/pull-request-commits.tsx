import * as React from "react";
import { Person } from "../../components/avatar.tsx";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Rows } from "../../components/rows.tsx";
import { Sha } from "../../components/sha.tsx";
import { When } from "../../components/when.tsx";
import { list } from "../../rest.ts";
import type { Commit } from "../../rest-types.ts";
import { useLive } from "../../use-live.ts";
import type { RepositoryPageProps } from "../page-props.ts";
import type { PullRequestFacts } from "./pull-request-facts.ts";

export function PullRequestCommits(
  props: RepositoryPageProps & PullRequestFacts & { readonly url: string },
) {
  const { base, repository, url, pullRequest } = props;
  const head = pullRequest.lastMergeSourceCommit?.commitId ?? "";
  const live = useLive(() => list<Commit>(`${url}/commits`), {
    key: `${url} ${head}`,
    everyMs: 60_000,
  });
  return (
    <Card flush={true}>
      <Loaded live={live}>
        {(commits) => (
          <Rows
            label="Commits of the branch"
            rows={commits}
            keyOf={({ commitId }) => commitId}
            empty="No commit."
            columns={[
              {
                name: "Commit",
                width: "90px",
                cell: ({ commitId }) => <Sha {...{ base, repository }} commit={commitId} />,
              },
              { name: "Message", cell: ({ comment }) => comment.split("\n")[0] },
              { name: "Author", cell: ({ author }) => <Person name={author.name} /> },
              { name: "When", cell: ({ author }) => <When date={author.date} /> },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
