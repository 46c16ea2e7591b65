import * as React from "react";
import { Button } from "azure-devops-ui/Button";
import { Failure } from "../components/note.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import type { RollUpAuthor } from "../data/load-health-checks.ts";
import type { Live } from "../data/use-live.ts";
import { connectorsOf } from "../view/connector-statuses.ts";
import type { RollUpTarget } from "../view/roll-up-targets.ts";
import { TextField } from "../components/text-field.tsx";

/** Whose statuses count: only the operator knows which identity is the connector's. */
export function ConnectorField(props: {
  readonly target: RollUpTarget;
  readonly authors: Live<readonly RollUpAuthor[]>;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { target, authors, value, onChange } = props;
  const { environment, name, settings } = target;
  const reporters = connectorsOf(
    (settings.snapshots ?? []).filter((one) => one.environment === environment),
  );
  return (
    <div>
      <div className="fg-filters">
        <TextField
          label="Connector (id of its identity)"
          value={value}
          isWide={true}
          onChange={onChange}
        />
      </div>
      {authors.value === undefined && authors.error === undefined && (
        <Skeleton label={`Looking who posted the status ${name}`} rows={1} />
      )}
      {authors.error !== undefined && <Failure error={authors.error} retry={authors.refresh} />}
      {authors.value?.length === 0 && (
        <p className="fg-secondary">
          Nobody has posted the status {name} on the newest commits: enter the id of the
          connector&apos;s identity.
        </p>
      )}
      <ul className="fg-plain-list">
        {(authors.value ?? []).map(({ author, commit }) => (
          <li key={author.id}>
            {author.displayName} ({author.uniqueName ?? "no account name"}, {author.id}) posted{" "}
            {name} on {commit.slice(0, 8)}
            {reporters.has(author.id) ? ", and reports on its cluster" : ""}.{" "}
            {value === author.id ? (
              "Only its statuses will count: whoever reads the repository could have posted it, so see that it is your connector."
            ) : (
              <Button
                subtle={true}
                text={`Take ${author.displayName}`}
                onClick={() => onChange(author.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
