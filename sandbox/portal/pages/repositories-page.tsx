import * as React from "react";
import { Loaded } from "../components/loaded.tsx";
import { Rows } from "../components/rows.tsx";
import { list } from "../rest.ts";
import type { Repository } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";

export function RepositoriesPage({ project, base }: PageProps) {
  const live = useLive(() => list<Repository>(`${project}/_apis/git/repositories`), {
    key: project,
  });
  return (
    <>
      <h1>Repositories</h1>
      <Loaded live={live}>
        {(repositories) => (
          <Rows
            label="Repositories"
            rows={repositories}
            keyOf={({ id }) => id}
            empty="This project has no repository."
            columns={[
              {
                name: "Repository",
                cell: ({ name }) => <a href={`${base}/_git/${encodeURIComponent(name)}`}>{name}</a>,
              },
              {
                name: "",
                cell: ({ name }) => (
                  <>
                    <a href={`${base}/_git/${encodeURIComponent(name)}/commits`}>Commits</a>
                    {" · "}
                    <a href={`${base}/_git/${encodeURIComponent(name)}/pullrequests`}>
                      Pull requests
                    </a>
                  </>
                ),
              },
              {
                name: "Default branch",
                cell: ({ defaultBranch }) => defaultBranch?.replace("refs/heads/", "") ?? "empty",
              },
              { name: "Clone URL", cell: ({ remoteUrl }) => <code>{remoteUrl}</code> },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
