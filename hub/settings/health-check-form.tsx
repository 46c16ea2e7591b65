import * as React from "react";
import { Choice } from "../components/choice.tsx";
import { useHost } from "../components/host-context.tsx";
import type { PipelineEnvironment } from "../../clients/azure-devops/pipeline-environments.ts";
import { fitting, ownConnectionName } from "../../core/health-check/connection.ts";
import { loadCheckPlace, loadRollUpAuthors } from "../data/load-health-checks.ts";
import { useLive } from "../data/use-live.ts";
import type { RollUpTarget } from "../view/roll-up-targets.ts";
import { ConnectorField } from "./connector-field.tsx";
import { HealthCheckPlanned } from "./health-check-planned.tsx";
import { TextField } from "../components/text-field.tsx";

const asRun = `${ownConnectionName}: as the run, nothing stored`;

/** What is to wait for what; below it what stands there, and what the button would do. */
export function HealthCheckForm(props: {
  readonly environments: readonly PipelineEnvironment[];
  readonly targets: readonly RollUpTarget[];
}) {
  const { ado, project } = useHost();
  const { environments, targets } = props;
  const [place, setPlace] = React.useState("");
  const [target, setTarget] = React.useState("");
  const [commit, setCommit] = React.useState("$(Build.SourceVersion)");
  const [minutes, setMinutes] = React.useState("50");
  const [connector, setConnector] = React.useState<string | undefined>();
  const [chosen, setChosen] = React.useState("");
  const environment = environments.find(({ id }) => String(id) === place);
  const wanted = targets.find((one) => keyOf(one) === target);

  const stands = useLive(
    async () =>
      environment === undefined ? undefined : loadCheckPlace(ado, { project, environment }),
    { key: place },
  );
  const authors = useLive(
    async () => (wanted === undefined ? [] : loadRollUpAuthors(ado, wanted)),
    { key: target },
  );
  const known = authors.value ?? [];
  // One that somebody chose for another environment says nothing of this one.
  const by = connector ?? (known.length === 1 ? (known[0]?.author.id ?? "") : "");
  // Before that nothing is wrong with it.
  const isSaid = connector !== undefined || (authors.value ?? authors.error) !== undefined;
  const connections = fitting(stands.value?.connections ?? [], ado.organisationUrl);
  const others = connections.filter(({ name }) => name.toLowerCase() !== ownConnectionName);
  return (
    <>
      <div className="fg-filters">
        <Choice
          label="Azure DevOps environment"
          value={place}
          options={environments.map(({ id, name }) => [String(id), name])}
          onChange={(value) => {
            setPlace(value);
            setChosen("");
          }}
        />
        <Choice
          label="Waits for"
          value={target}
          options={targets.map((one) => [
            keyOf(one),
            `${one.name} of ${one.settings.repository.name}`,
          ])}
          onChange={(value) => {
            setTarget(value);
            setConnector(undefined);
          }}
        />
        <TextField label="On the commit" value={commit} isWide={true} onChange={setCommit} />
        <Choice
          label="Service connection"
          value={chosen}
          options={[["", asRun], ...others.map(({ id, name }) => [id, name] as const)]}
          onChange={setChosen}
        />
        <TextField label="Skip the stage after (minutes)" value={minutes} onChange={setMinutes} />
      </div>
      {wanted !== undefined && (
        <ConnectorField
          key={target}
          target={wanted}
          authors={authors}
          value={by}
          onChange={setConnector}
        />
      )}
      {environment !== undefined && wanted !== undefined && isSaid && (
        <HealthCheckPlanned
          {...{ environment, chosen, place: stands }}
          repositoryName={wanted.settings.repository.name}
          check={{
            project: wanted.settings.repository.project.id,
            repository: wanted.settings.repository.id,
            commit: commit.trim(),
            name: wanted.name,
            connector: by.trim(),
            giveUpAfter: /^\d+$/.test(minutes.trim()) ? Number(minutes) : NaN,
          }}
        />
      )}
    </>
  );
}

function keyOf({ settings, name }: RollUpTarget): string {
  return JSON.stringify([settings.repository.id, name]);
}
