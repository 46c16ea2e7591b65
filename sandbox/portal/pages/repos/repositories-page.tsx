import * as React from "react";
import { repositoryAddress, shortBranch } from "../../addresses.ts";
import { Card } from "../../components/card.tsx";
import { Nothing } from "../../components/nothing.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Rows } from "../../components/rows.tsx";
import type { PageProps } from "../page-props.ts";

export function RepositoriesPage({ base, project, repositories }: PageProps) {
  const at = (name: string) => repositoryAddress(base, name);
  return (
    <>
      <PageHead title={`${project} repositories`} area="Repos" />
      <Card flush={true}>
        <Rows
          label="Repositories"
          rows={repositories}
          keyOf={({ id }) => id}
          empty={<Nothing title="No repository">This project has none that you may see.</Nothing>}
          columns={[
            { name: "Repository", cell: ({ name }) => <a href={at(name)}>{name}</a> },
            {
              name: "Go to",
              width: "310px",
              cell: ({ name }) => (
                <span className="portal-links">
                  <a href={`${at(name)}/commits`} aria-label={`Commits of ${name}`}>
                    Commits
                  </a>
                  <a href={`${at(name)}/branches`} aria-label={`Branches of ${name}`}>
                    Branches
                  </a>
                  <a href={`${at(name)}/pullrequests`} aria-label={`Pull requests of ${name}`}>
                    Pull requests
                  </a>
                </span>
              ),
            },
            {
              name: "Default branch",
              cell: ({ defaultBranch }) =>
                defaultBranch === undefined ? "empty" : shortBranch(defaultBranch),
            },
            { name: "Clone URL", cell: ({ remoteUrl }) => <code>{remoteUrl}</code> },
          ]}
        />
      </Card>
    </>
  );
}
