import * as React from "react";
import { Problems } from "../components/problems.tsx";
import { Section } from "../components/section.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { useHost } from "../components/host-context.tsx";
import { listPipelineEnvironments } from "../../clients/azure-devops/pipeline-environments.ts";
import type { RepositorySettings } from "../data/load-settings.ts";
import { useLive } from "../data/use-live.ts";
import { rollUpTargets } from "../view/roll-up-targets.ts";
import { HealthCheckForm } from "./health-check-form.tsx";

/** Where a stage of any pipeline is made to wait for an environment of Fluxgate. */
export function HealthCheckPart(props: { readonly repositories: readonly RepositorySettings[] }) {
  const targets = rollUpTargets(props.repositories);
  // Nothing is asked for before somebody opens it.
  const [open, setOpen] = React.useState(false);
  if (targets.length === 0) return null;
  return (
    <Section title="Checks on Azure DevOps environments">
      <p className="fg-secondary">
        Stages that deploy to an Azure DevOps environment can wait until one of the environments
        here is healthy on a commit: by Microsoft&apos;s own check <i>Invoke REST API</i>, which
        asks for the connector&apos;s status of that commit.
      </p>
      <details
        className="fg-propose"
        onToggle={({ currentTarget }) => setOpen((currentTarget as HTMLDetailsElement).open)}
      >
        <summary>Look at checks, or create one</summary>
        {open && <OpenPart targets={targets} />}
      </details>
    </Section>
  );
}

function OpenPart({ targets }: { readonly targets: ReturnType<typeof rollUpTargets> }) {
  const { ado, project } = useHost();
  const places = useLive(() => listPipelineEnvironments(ado, { project: project.id }), {
    key: project.id,
  });
  const { value, error, refresh } = places;
  if (value === undefined) {
    return error === undefined ? (
      <Skeleton label="Reading the project's environments" />
    ) : (
      <Problems of={[error]} retry={refresh} />
    );
  }
  if (value.length === 0) {
    return (
      <p className="fg-nothing">
        Azure DevOps shows you no environment of its own in this project: create one under
        Pipelines, Environments, or let its first deployment do so.
      </p>
    );
  }
  return <HealthCheckForm environments={value} targets={targets} />;
}
