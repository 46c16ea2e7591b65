import * as React from "react";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Rows } from "../../components/rows.tsx";
import { StateMark } from "../../components/state-mark.tsx";
import { call } from "../../rest.ts";
import type { PullRequest } from "../../rest-types.ts";
import { useLive } from "../../use-live.ts";
import type { PageProps } from "../page-props.ts";

type WorkItem = {
  readonly fields: Readonly<Record<string, string>>;
  readonly relations?: readonly { readonly rel: string; readonly url: string }[];
};

/** A work item with what is linked to it. The sandbox has no boards: nothing is edited here. */
export function WorkItemPage({ project, base, id }: PageProps & { readonly id: number }) {
  const live = useLive(() => load(project, id), { key: `${project}/${id}`, everyMs: 10_000 });
  const title = live.value?.item.fields["System.Title"] ?? `Work item ${id}`;
  return (
    <>
      <PageHead
        {...{ title, area: "Boards" }}
        below={`#${id}, as far as the sandbox knows work items: by what links to them`}
      />
      <Card title="Development" flush={true}>
        <Loaded live={live}>
          {({ pullRequests }) => (
            <Rows
              label="Pull requests"
              rows={pullRequests}
              keyOf={({ pullRequestId }) => pullRequestId}
              empty={<Nothing title="No pull request names it" />}
              columns={[
                {
                  name: "Pull request",
                  cell: ({ pullRequestId, title: text, repository }) => (
                    <a
                      href={`${base.replace(/[^/]*$/, encodeURIComponent(repository.project.name))}/_git/${encodeURIComponent(repository.name)}/pullrequest/${pullRequestId}`}
                    >
                      {text}
                    </a>
                  ),
                },
                { name: "Repository", cell: ({ repository }) => repository.name },
                {
                  name: "State",
                  width: "160px",
                  cell: ({ status }) => <StateMark state={status} />,
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
    </>
  );
}

async function load(project: string, id: number) {
  const item = await call<WorkItem>(`${project}/_apis/wit/workItems/${id}?$expand=relations`);
  const ids = (item.relations ?? []).flatMap(
    ({ url }) => /^vstfs:\/\/\/Git\/PullRequestId\/.*%2F(\d+)$/i.exec(url)?.[1] ?? [],
  );
  const pullRequests = await Promise.all(
    ids.map((one) => call<PullRequest>(`_apis/git/pullrequests/${one}`)),
  );
  return { item, pullRequests };
}
