// The file as people write it: what is left out takes the value that docs/connector.md names.
import { normalOrganisationUrl } from "../azure-devops/urls.ts";
import { parseDuration } from "../flux/duration.ts";
import { folderFrom } from "../flux/folder.ts";
import type { ConnectorConfig, EnvironmentConfig, RepositoryConfig, Timings } from "./config.ts";
import type { ClusterState } from "./environment-cluster.ts";
import { leaderElection, type LeaderElectionFile } from "./leader-election.ts";
import type { Schedule } from "./schedule.ts";

type Defaulted = "branch" | "pipelines" | "otherEnvironments";
type Loose<T> = { readonly [Key in keyof T]?: T[Key] };
/** Left out in the file where the default does. */
type Plain = "mode" | "letterAuthors" | "waitTaskIds" | "people" | "superseded" | "nudge";
type Nested = "azureDevOps" | "listen" | "repositories" | "environments";
/** Valid by its schema. */
export type ConfigFile = Omit<ConnectorConfig, Plain | Nested | "leaderElection" | "timings"> &
  Loose<Pick<ConnectorConfig, Plain>> & {
    readonly azureDevOps: Loose<ConnectorConfig["azureDevOps"]> & {
      readonly organisationUrl: string;
    };
    readonly listen?: Loose<ConnectorConfig["listen"]>;
    readonly repositories: readonly (Omit<RepositoryConfig, Defaulted> &
      Loose<Pick<RepositoryConfig, Defaulted>>)[];
    readonly environments: readonly (Loose<Omit<EnvironmentConfig, "grace">> & {
      readonly name: string;
      readonly grace?: string;
      readonly repository: string;
      readonly clusters: readonly {
        readonly name: string;
        readonly active?: boolean;
        readonly state?: ClusterState;
        readonly schedule?: Schedule;
        readonly paths?: readonly string[];
      }[];
    })[];
    readonly leaderElection?: LeaderElectionFile;
    readonly timings?: Readonly<Record<string, string>>;
  };

export function withDefaults(file: ConfigFile): ConnectorConfig {
  const { azureDevOps, timings = {} } = file;
  const ms = (key: keyof Timings, fallback: string) => parseDuration(timings[key] ?? fallback) ?? 0;
  return {
    mode: file.mode ?? "observe",
    azureDevOps: {
      authentication: "pat",
      extension: { publisher: "fluxgate", name: "fluxgate" },
      ...azureDevOps,
      organisationUrl: normalOrganisationUrl(azureDevOps.organisationUrl),
    },
    listen: { host: "0.0.0.0", port: 8080, ...file.listen },
    repositories: file.repositories.map((one) => ({
      ...{ branch: "main", pipelines: [], otherEnvironments: [] },
      ...one,
    })),
    clusters: file.clusters,
    environments: file.environments.map(({ grace, ...one }) => ({
      objects: [],
      scope: "delivery",
      healthUnknownSucceeds: false,
      ...(grace === undefined ? {} : { grace: parseDuration(grace) ?? 0 }),
      ...one,
      path: plainFolder(one.path ?? one.name),
      clusters: one.clusters.map((cluster) => ({
        ...cluster,
        ...(cluster.paths === undefined ? {} : { paths: cluster.paths.map(plainFolder) }),
        active: cluster.state === undefined ? (cluster.active ?? true) : cluster.state === "active",
      })),
    })),
    letterAuthors: file.letterAuthors ?? [],
    waitTaskIds: file.waitTaskIds ?? [],
    people: file.people ?? [],
    superseded: file.superseded ?? "cancel",
    nudge: file.nudge ?? false,
    ...(file.leaderElection
      ? { leaderElection: leaderElection(file.leaderElection, file.clusters) }
      : {}),
    timings: {
      letters: ms("letters", "15s"),
      discovery: ms("discovery", "120s"),
      resync: ms("resync", "600s"),
      grace: ms("grace", "120s"),
      look: ms("look", "5s"),
    },
  };
}

// As git names it, however it is spelt: `./dev//`, `apps/./dev`. The schema refuses `..`.
function plainFolder(path: string): string {
  return folderFrom("", path) ?? "";
}
