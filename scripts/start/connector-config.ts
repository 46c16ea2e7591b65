import { stringify } from "yaml";

export type ConnectorSettings = {
  readonly mode?: "observe" | "statuses" | "full";
  readonly organisationUrl: string;
  readonly project: string;
  /** The manifests repository. */
  readonly repository: string;
  readonly kubeconfig: string;
  /** Names of environments, each a folder of that name. */
  readonly environments: readonly string[];
  /** Ask Flux to fetch after a merge. */
  readonly nudge?: boolean;
  /** Go durations; what is left out has the connector's default. */
  readonly timings?: Readonly<Record<string, string>>;
  /** More of one environment's own keys, by its name. */
  readonly extra?: Readonly<Record<string, object>>;
  /** Beside `local` and `manifests`, as the configuration writes them. */
  readonly clusters?: readonly object[];
  readonly repositories?: readonly object[];
  /** Identities beside the build services whose letters count, as the configuration writes them. */
  readonly letterAuthors?: readonly object[];
  /** More of the entry `local`. */
  readonly local?: object;
};

/** The connector's configuration file for one organisation and one cluster on this machine. */
export function connectorConfig(settings: ConnectorSettings): string {
  const { mode = "full", organisationUrl, project, repository, kubeconfig } = settings;
  return stringify({
    apiVersion: "fluxgate.dev/v1",
    kind: "ConnectorConfig",
    mode,
    azureDevOps: { organisationUrl },
    listen: { host: "127.0.0.1", port: 0 },
    repositories: [
      { name: "manifests", project, repository, branch: "main" },
      ...(settings.repositories ?? []),
    ],
    clusters: [{ name: "local", kubeconfig, ...settings.local }, ...(settings.clusters ?? [])],
    environments: settings.environments.map((name) => ({
      name,
      repository: "manifests",
      path: name,
      clusters: [{ name: "local", active: true }],
      ...settings.extra?.[name],
    })),
    ...(settings.letterAuthors ? { letterAuthors: settings.letterAuthors } : {}),
    nudge: settings.nudge ?? true,
    ...(settings.timings ? { timings: settings.timings } : {}),
  });
}
