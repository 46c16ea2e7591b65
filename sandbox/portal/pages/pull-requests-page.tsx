import * as React from "react";
import { Loaded } from "../components/loaded.tsx";
import { Rows } from "../components/rows.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { When } from "../components/when.tsx";
import { list } from "../rest.ts";
import type { PullRequest } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";

export function PullRequestsPage({
  project,
  base,
  repository,
}: PageProps & { repository: string }) {
  const url = `${project}/_apis/git/repositories/${repository}/pullrequests?searchCriteria.status=all`;
  const live = useLive(() => list<PullRequest>(url), { key: url });
  const link = (id: number) => `${base}/_git/${encodeURIComponent(repository)}/pullrequest/${id}`;
  return (
    <>
      <h1>Pull requests of {repository}</h1>
      <Loaded live={live}>
        {(pullRequests) => (
          <Rows
            label="Pull requests"
            rows={pullRequests}
            keyOf={({ pullRequestId }) => pullRequestId}
            empty="No pull request yet."
            columns={[
              { name: "State", width: "130px", cell: ({ status }) => <StateMark state={status} /> },
              {
                name: "Pull request",
                cell: ({ pullRequestId, title }) => (
                  <a href={link(pullRequestId)}>
                    !{pullRequestId} {title}
                  </a>
                ),
              },
              { name: "By", cell: ({ createdBy }) => createdBy.displayName },
              { name: "Opened", cell: ({ creationDate }) => <When date={creationDate} /> },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
