import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { HostLink } from "../components/host-link.tsx";
import { useMayPropose } from "../components/use-may-propose.ts";
import { Section } from "../components/section.tsx";
import { repositoryUrl } from "../../core/azure-devops/urls.ts";
import type { RepositorySettings } from "../data/load-settings.ts";
import { useNow } from "../data/use-live.ts";
import { clusterView } from "../view/cluster-view.ts";
import { count } from "../../core/count.ts";
import { ProposeRule } from "./propose-rule.tsx";
import { RuleListPart } from "./rule-list-part.tsx";

function environmentsText(all: RepositorySettings["environments"]): string {
  const names = new Set(all.map(({ name }) => name)).size;
  const some = count(names, "environment");
  return names === all.length ? some : `${some} in ${all.length} folders`;
}

/** One manifests repository: its environments, and its team's rules. */
export function RepositoryPart({ settings }: { readonly settings: RepositorySettings }) {
  const { ado } = useHost();
  const now = useNow();
  const { repository, branch, environments, snapshots, namesRead } = settings;
  const none = namesRead
    ? "no environment has manifests of a delivery yet"
    : "its environments could not be read";
  const cannot = useMayPropose(repository);
  const noReport =
    snapshots === undefined ? "reports of clusters could not be read" : "no report of a cluster";
  const home = repositoryUrl({
    organisationUrl: ado.organisationUrl,
    project: repository.project.name,
    repository: repository.name,
  });
  return (
    <Section title={repository.name}>
      <p>
        <HostLink url={home}>{repository.name}</HostLink>, branch {branch}:{" "}
        {environments.length === 0 ? none : environmentsText(environments)}.
      </p>
      <ul className="fg-plain-list">
        {environments.map(({ name, path }) => {
          const clusters = (snapshots ?? [])
            .filter(({ environment }) => environment === name)
            .map((snapshot) => clusterView(snapshot, now));
          const texts = clusters.map(({ name: cluster, text }) => `${cluster} ${text}`);
          return (
            <li key={JSON.stringify([name, path])}>
              <b>{name}</b> in {path === "" ? "the root" : path}:{" "}
              {texts.length === 0 ? noReport : texts.join("; ")}
            </li>
          );
        })}
      </ul>
      {cannot !== "" && <p className="fg-secondary">{cannot}</p>}
      <RuleListPart list="expected" {...{ settings, home, cannot }} />
      <RuleListPart list="noise" {...{ settings, home, cannot }} />
      {cannot === "" && <ProposeRule repository={repository} branch={branch} />}
    </Section>
  );
}
