import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { Failure } from "../components/note.tsx";
import { Problems } from "../components/problems.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import { reportLoaded } from "../data/host.ts";
import { loadSettings } from "../data/load-settings.ts";
import { useLive } from "../data/use-live.ts";
import { HealthCheckPart } from "./health-check-part.tsx";
import { RepositoryPart } from "./repository-part.tsx";

const everyMs = 60_000;

/** What Fluxgate takes from the project, and where each of it is changed: in git, reviewed. */
export function SettingsPage() {
  const { ado, project, extension } = useHost();
  const settings = useLive(() => loadSettings(ado, { project: project.id, extension }), {
    key: project.id,
    everyMs,
  });
  const something = settings.value !== undefined || settings.error !== undefined;
  React.useEffect(() => {
    if (something) reportLoaded();
  }, [something]);
  const { repositories = [], problems = [] } = settings.value ?? {};
  return (
    <div className="fg-page">
      <h1>Fluxgate</h1>
      <p className="fg-secondary">
        Environments are what the manifests repositories and connectors have. Rules lie in git,
        where every change of them is reviewed: nothing is stored here. Checks are Azure
        DevOps&apos; own, and kept there.
      </p>
      {settings.error !== undefined && <Failure error={settings.error} retry={settings.refresh} />}
      {!something && <Skeleton label="Reading the settings" />}
      <Problems of={problems} retry={settings.refresh} />
      {settings.value !== undefined && repositories.length === 0 && (
        <p className="fg-nothing">
          {problems.length > 0
            ? "Nothing else is known here: see above what could not be read."
            : "No manifests repository is known in this project: none has a pull request of a run, and no connector reports on one."}
        </p>
      )}
      {repositories.map((one) => (
        <RepositoryPart key={one.repository.id} settings={one} />
      ))}
      <HealthCheckPart repositories={repositories} />
    </div>
  );
}
