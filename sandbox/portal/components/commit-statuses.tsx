import * as React from "react";
import { list } from "../rest.ts";
import type { GitStatus } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import { Loaded } from "./loaded.tsx";
import { Rows } from "./rows.tsx";
import { StateMark } from "./state-mark.tsx";
import { When } from "./when.tsx";

/** The newest status of each context of one commit. */
export function CommitStatuses(props: {
  readonly project: string;
  readonly repository: string;
  readonly commit: string;
}) {
  const { project, repository, commit } = props;
  const url = `${project}/_apis/git/repositories/${repository}/commits/${commit}/statuses?latestOnly=true`;
  const live = useLive(() => list<GitStatus>(url), { key: url });
  return (
    <Loaded live={live}>
      {(statuses) => (
        <Rows
          label="Statuses"
          rows={[...statuses].sort((a, b) => contextOf(a).localeCompare(contextOf(b)))}
          keyOf={(status) => status.id}
          empty="No status yet."
          columns={[
            { name: "State", width: "130px", cell: ({ state }) => <StateMark state={state} /> },
            { name: "Status", cell: (status) => linked(status, contextOf(status)) },
            { name: "Description", cell: ({ description }) => description ?? "" },
            { name: "By", cell: ({ createdBy }) => createdBy.displayName },
            { name: "When", cell: ({ creationDate }) => <When date={creationDate} /> },
          ]}
        />
      )}
    </Loaded>
  );
}

function contextOf({ context }: GitStatus): string {
  return context.genre ? `${context.genre}/${context.name}` : context.name;
}

// Only web addresses become links: a status is written by others.
function linked({ targetUrl }: GitStatus, text: string): React.ReactNode {
  return targetUrl && /^https?:\/\//.test(targetUrl) ? <a href={targetUrl}>{text}</a> : text;
}
