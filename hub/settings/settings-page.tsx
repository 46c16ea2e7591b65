import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { Failure, Warning } from "../components/note.tsx";
import { Section } from "../components/section.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import {
  expectedDifferencesFile,
  parseExpectedDifferences,
} from "../../core/expected-differences.ts";
import { repositoryUrl } from "../../core/azure-devops/urls.ts";
import { reportLoaded } from "../data/host.ts";
import { loadSettings, type RepositorySettings } from "../data/load-settings.ts";
import { useLive, useNow } from "../data/use-live.ts";
import { clusterView } from "../view/cluster-view.ts";
import { count } from "../view/count.ts";

/** What Fluxgate takes from the project, and where each of it is changed: in git, reviewed. */
export function SettingsPage() {
  const { ado, project, extension } = useHost();
  const settings = useLive(() => loadSettings(ado, { project: project.id, extension }), {
    key: project.id,
  });
  const something = settings.value !== undefined || settings.error !== undefined;
  React.useEffect(() => {
    if (something) reportLoaded();
  }, [something]);
  return (
    <div className="fg-page">
      <h1>Fluxgate</h1>
      <p className="fg-secondary">
        Nothing is configured here: environments are what the manifests repositories and connectors
        have, rules lie in git, where a change of them is reviewed.
      </p>
      {settings.error !== undefined && <Failure error={settings.error} retry={settings.refresh} />}
      {!something && <Skeleton label="Reading the settings" />}
      {settings.value?.length === 0 && (
        <p className="fg-nothing">
          No manifests repository is known in this project: none has a pull request of a run, and no
          connector reports on one.
        </p>
      )}
      {settings.value?.map((one) => (
        <RepositoryPart key={one.repository.id} settings={one} />
      ))}
    </div>
  );
}

function RepositoryPart({ settings }: { readonly settings: RepositorySettings }) {
  const { ado } = useHost();
  const now = useNow();
  const { repository, branch, environments, snapshots, expected } = settings;
  const home = repositoryUrl({
    organisationUrl: ado.organisationUrl,
    project: repository.project.name,
    repository: repository.name,
  });
  const query = new URLSearchParams({
    path: `/${expectedDifferencesFile}`,
    version: `GB${branch}`,
  });
  const parsed = expected === undefined ? undefined : parseExpectedDifferences(expected);
  return (
    <Section title={repository.name}>
      <p>
        <HostLink url={home}>{repository.name}</HostLink>, branch {branch}:{" "}
        {count(environments.length, "environment")}.
      </p>
      <ul className="fg-plain-list">
        {environments.map(({ name, path }) => {
          const clusters = snapshots
            .filter(({ environment }) => environment === name)
            .map((snapshot) => clusterView(snapshot, now));
          const texts = clusters.map(({ name: cluster, text }) => `${cluster} ${text}`);
          return (
            <li key={name}>
              <b>{name}</b> in {path === "" ? "the root" : path}:{" "}
              {texts.length === 0 ? "no report of a cluster" : texts.join("; ")}
            </li>
          );
        })}
      </ul>
      <h3>Expected differences</h3>
      {parsed === undefined ? (
        <p className="fg-secondary">
          The branch has no <span className="fg-code">{expectedDifferencesFile}</span>: every
          difference between environments is shown.
        </p>
      ) : (
        <>
          <p>
            <HostLink url={`${home}?${query.toString()}`}>{expectedDifferencesFile}</HostLink> has{" "}
            {count(parsed.rules.length, "rule")}; they count where environments are compared, never
            in a review.
          </p>
          {parsed.problems.length > 0 && <Warning>{parsed.problems.join("; ")}</Warning>}
          <ul className="fg-plain-list">
            {parsed.rules.map(({ kind, namespace, name, path, reason }, index) => (
              <li key={index}>
                <span className="fg-code">{path}</span>
                {` of ${[kind ?? "any object", namespace, name].filter(Boolean).join(" ")}: ${reason}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
