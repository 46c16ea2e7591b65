import type { Logger } from "pino";
import type { AzureDevOps } from "../clients/azure-devops/connection.ts";
import type { WatchedCluster } from "../clients/kubernetes/watch-cluster.ts";
import type { BuildSideReader } from "./builds/build-side.ts";
import type { ConnectorConfig, EnvironmentConfig } from "../core/connector-config/config.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";
import type { LeavesOut } from "./left-out.ts";
import type { Metrics } from "./metrics.ts";

/** What every reconciler works with. */
export type Connector = {
  readonly config: ConnectorConfig;
  readonly ado: AzureDevOps;
  /** The connector's own identity, and the organisation's host id. */
  readonly me: string;
  readonly host: string;
  /** Identities that it had before: their statuses are its own. */
  readonly former?: readonly string[];
  /** The service's time when this life began: of what came later no earlier life has said anything. */
  readonly began?: number;
  /** By the names that the configuration gives them. */
  readonly repositories: ReadonlyMap<string, ManifestsRepository>;
  readonly clusters: ReadonlyMap<string, WatchedCluster>;
  /** Flux' own build; says why where it is not there. */
  readonly builds: BuildSideReader;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Is something of this priority left out for the moment, since the service throttles? */
  readonly leavesOut?: LeavesOut;
};

/** What of the connector the gate's questions need. */
export type GateRoom = Pick<
  Connector,
  "ado" | "builds" | "clusters" | "config" | "former" | "me" | "repositories"
>;

export function repositoryOf(
  connector: Pick<Connector, "repositories">,
  environment: EnvironmentConfig,
): ManifestsRepository {
  const found = connector.repositories.get(environment.repository);
  if (!found) throw new Error(`repository ${environment.repository} is not open`);
  return found;
}

/** Those whose waits are ended here: of the others another connector decides. */
export function decidedHere(
  room: Pick<Connector, "config">,
  repository: ManifestsRepository,
): readonly EnvironmentConfig[] {
  return environmentsOf(room, repository).filter(({ decider }) => decider === undefined);
}

export function environmentsOf(
  { config }: Pick<Connector, "config">,
  repository: ManifestsRepository,
): readonly EnvironmentConfig[] {
  return config.environments.filter((one) => one.repository === repository.config.name);
}
