import * as React from "react";
import { Person } from "../../components/avatar.tsx";
import { Card } from "../../components/card.tsx";
import { CommitStatuses } from "../../components/commit-statuses.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Sha } from "../../components/sha.tsx";
import { When } from "../../components/when.tsx";
import { ChangeList } from "../../diff/change-list.tsx";
import type { Change } from "../../diff/load-sides.ts";
import { call } from "../../rest.ts";
import type { Commit } from "../../rest-types.ts";
import { useLive } from "../../use-live.ts";
import type { RepositoryPageProps } from "../page-props.ts";

type Details = { readonly commit: Commit; readonly changes: readonly Change[] };

export function CommitPage(props: RepositoryPageProps & { readonly commit: string }) {
  const { project, base, repository, commit } = props;
  const root = `${project}/_apis/git/repositories/${encodeURIComponent(repository)}`;
  const url = `${root}/commits/${commit}`;
  const live = useLive<Details>(
    async () => ({
      commit: await call<Commit>(url),
      changes: (await call<{ changes: Change[] }>(`${url}/changes?top=1000`)).changes,
    }),
    { key: commit, everyMs: 600_000 },
  );
  const [subject = `Commit ${commit.slice(0, 8)}`, ...rest] =
    live.value?.commit.comment.split("\n") ?? [];
  const more = rest.join("\n").trim();
  return (
    <>
      <PageHead
        title={subject}
        area={`${repository} - Repos`}
        below={
          live.value && (
            <span className="portal-facts">
              <code>{commit.slice(0, 8)}</code>
              <Person name={live.value.commit.author.name} />
              <When date={live.value.commit.author.date} />
              {live.value.commit.parents?.map((parent) => (
                <span key={parent}>
                  Parent <Sha {...{ base, repository }} commit={parent} />
                </span>
              ))}
            </span>
          )
        }
      />
      {more !== "" && (
        <Card>
          <pre className="portal-text">{more}</pre>
        </Card>
      )}
      <Card title="Statuses" flush={true}>
        <CommitStatuses project={project} repository={repository} commit={commit} />
      </Card>
      <Loaded live={live}>
        {({ changes }) => <ChangeList repositoryUrl={root} changes={changes} />}
      </Loaded>
    </>
  );
}
