import * as React from "react";
import { Loaded } from "../components/loaded.tsx";
import { Rows } from "../components/rows.tsx";
import { StateMark } from "../components/state-mark.tsx";
import { When } from "../components/when.tsx";
import { list } from "../rest.ts";
import type { Build } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import type { PageProps } from "./page-props.ts";

export function RunsPage({ project, base }: PageProps) {
  const live = useLive(
    () => list<Build>(`${project}/_apis/build/builds?$top=50&queryOrder=queueTimeDescending`),
    { key: project },
  );
  return (
    <>
      <h1>Runs</h1>
      <Loaded live={live}>
        {(builds) => (
          <Rows
            label="Runs"
            rows={builds}
            keyOf={({ id }) => id}
            empty="No pipeline has run yet."
            columns={[
              {
                name: "State",
                width: "150px",
                cell: (build) => <StateMark state={build.result ?? build.status} />,
              },
              {
                name: "Run",
                cell: ({ id, buildNumber, definition }) => (
                  <a href={`${base}/_build/results?buildId=${id}`}>
                    {definition.name} #{buildNumber}
                  </a>
                ),
              },
              { name: "Why", cell: ({ reason }) => reason ?? "" },
              {
                name: "Source",
                cell: ({ sourceBranch, sourceVersion }) =>
                  `${sourceBranch.replace("refs/heads/", "")} ${sourceVersion.slice(0, 8)}`,
              },
              { name: "Queued", cell: ({ queueTime }) => <When date={queueTime} /> },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
