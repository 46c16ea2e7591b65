import * as React from "react";
import { shortBranch, repositoryAddress } from "../../addresses.ts";
import { Person } from "../../components/avatar.tsx";
import { BranchPicker } from "../../components/branch-picker.tsx";
import { Card } from "../../components/card.tsx";
import { Loaded } from "../../components/loaded.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Rows } from "../../components/rows.tsx";
import { Sha } from "../../components/sha.tsx";
import { StatusSum } from "../../components/status-sum.tsx";
import { When } from "../../components/when.tsx";
import { openPage } from "../../navigation.ts";
import { call, list } from "../../rest.ts";
import type { Commit, GitStatus } from "../../rest-types.ts";
import { versionOf } from "../../route.ts";
import { namesOf, useBranches } from "../../use-branches.ts";
import { useLive } from "../../use-live.ts";
import type { RepositoryPageProps } from "../page-props.ts";

type Row = Commit & { readonly statuses: readonly GitStatus[] };

export function CommitsPage(
  props: RepositoryPageProps & {
    readonly branch: string | undefined;
    readonly path: string | undefined;
  },
) {
  const { project, base, repository, repositories, path } = props;
  const whole = repositories.find(({ name }) => name === repository);
  const branch = props.branch ?? shortBranch(whole?.defaultBranch ?? "main");
  const branches = useBranches(project, repository);
  const live = useLive(() => load({ project, repository, branch, path }), {
    key: `${repository}:${branch}:${path ?? ""}`,
    everyMs: 5000,
  });
  return (
    <>
      <PageHead
        title={path === undefined || path === "/" ? "Commits" : `History of ${path}`}
        area={`${repository} - Repos`}
        actions={
          <BranchPicker
            label="Branch"
            branches={namesOf(branches.value, whole?.defaultBranch)}
            value={branch}
            onChange={(next) => {
              const query = new URLSearchParams({ itemVersion: versionOf(next) });
              if (path !== undefined) query.set("itemPath", path);
              openPage(`${repositoryAddress(base, repository)}/commits?${query.toString()}`);
            }}
          />
        }
      />
      <Card flush={true}>
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
                {
                  name: "Status",
                  width: "190px",
                  cell: ({ statuses }) => <StatusSum statuses={statuses} />,
                },
                {
                  name: "Author",
                  width: "220px",
                  cell: ({ author }) => <Person name={author.name} />,
                },
                {
                  name: "When",
                  width: "120px",
                  cell: ({ author }) => <When date={author.date} />,
                },
              ]}
            />
          )}
        </Loaded>
      </Card>
    </>
  );
}

const most = 30;

async function load(at: {
  readonly project: string;
  readonly repository: string;
  readonly branch: string;
  readonly path: string | undefined;
}): Promise<readonly Row[]> {
  const root = `${at.project}/_apis/git/repositories/${encodeURIComponent(at.repository)}`;
  const query = new URLSearchParams({
    "searchCriteria.$top": String(most),
    "searchCriteria.itemVersion.version": at.branch,
    "searchCriteria.itemVersion.versionType": "branch",
    ...(at.path === undefined ? {} : { "searchCriteria.itemPath": at.path }),
  });
  const commits = await list<Commit>(`${root}/commits?${query.toString()}`);
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
