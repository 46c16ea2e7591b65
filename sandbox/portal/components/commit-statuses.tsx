import * as React from "react";
import { list } from "../rest.ts";
import type { GitStatus } from "../rest-types.ts";
import { useLive } from "../use-live.ts";
import { Loaded } from "./loaded.tsx";
import { Rows } from "./rows.tsx";
import { StateMark } from "./state-mark.tsx";
import { When } from "./when.tsx";

/** The newest status of each context of one commit; as a list where there is little room. */
export function CommitStatuses(props: {
  readonly project: string;
  readonly repository: string;
  readonly commit: string;
  readonly narrow?: boolean;
}) {
  const { project, repository, commit, narrow = false } = props;
  const url = `${project}/_apis/git/repositories/${encodeURIComponent(repository)}/commits/${commit}/statuses?latestOnly=true`;
  const live = useLive(() => list<GitStatus>(url), { key: url });
  return (
    <Loaded live={live}>
      {(loaded) => {
        const statuses = [...loaded].sort((a, b) => contextOf(a).localeCompare(contextOf(b)));
        return narrow ? <StatusList statuses={statuses} /> : <StatusTable statuses={statuses} />;
      }}
    </Loaded>
  );
}

function StatusTable({ statuses }: { readonly statuses: readonly GitStatus[] }) {
  return (
    <Rows
      label="Statuses"
      rows={statuses}
      keyOf={(status) => status.id}
      empty="No status yet."
      columns={[
        { name: "State", width: "130px", cell: ({ state }) => <StateMark state={state} /> },
        { name: "Status", cell: (status) => linked(status, contextOf(status)) },
        { name: "Description", cell: ({ description }) => description ?? "" },
        { name: "By", width: "180px", cell: ({ createdBy }) => createdBy.displayName },
        {
          name: "When",
          width: "120px",
          cell: ({ creationDate }) => <When date={creationDate} />,
        },
      ]}
    />
  );
}

function StatusList({ statuses }: { readonly statuses: readonly GitStatus[] }) {
  if (statuses.length === 0) return <p className="portal-empty">No status yet.</p>;
  return (
    <ul className="portal-plain portal-status-list">
      {statuses.map((status) => (
        <li key={status.id}>
          <StateMark state={status.state} text={linked(status, contextOf(status))} />
          {status.description !== undefined && (
            <span className="portal-quiet">{status.description}</span>
          )}
          <span className="portal-quiet">
            {status.createdBy.displayName}, <When date={status.creationDate} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function contextOf({ context }: GitStatus): string {
  return context.genre ? `${context.genre}/${context.name}` : context.name;
}

// Only web addresses become links: a status is written by others.
function linked({ targetUrl }: GitStatus, text: string): React.ReactNode {
  return targetUrl && /^https?:\/\//.test(targetUrl) ? <a href={targetUrl}>{text}</a> : text;
}
