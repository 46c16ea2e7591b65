import { Ajv } from "ajv";
import { LineCounter, parseDocument, type Document } from "yaml";
import { normalOrganisationUrl } from "../azure-devops/urls.ts";
import { schemaProblem } from "../delivery/schema-problem.ts";
import { InputError, causeText, type Problem } from "../errors.ts";
import { parseDuration } from "../flux/duration.ts";
import type { KnownPerson } from "../four-eyes/person.ts";
import type { LetterAuthor } from "../gate/letter-author.ts";
import type { PipelineMatch } from "../gate/pipeline-match.ts";
import { contradictions } from "./config-contradictions.ts";
import { configSchema } from "./config-schema.ts";
import type { ClusterState, EnvironmentCluster } from "./environment-cluster.ts";
import { leaderElection, type LeaderElection, type LeaderElectionFile } from "./leader-election.ts";
import type { Schedule } from "./schedule.ts";
import { offsetOf } from "./place.ts";

export type Mode = "observe" | "statuses" | "full";

export type RepositoryConfig = {
  readonly name: string;
  readonly project: string;
  readonly repository: string;
  readonly branch: string;
  /** Where pipelines that wait for it are looked for, beside what letters and pull requests tell. */
  readonly pipelines: readonly {
    /** Name or id. */
    readonly project: string;
    /** Ids; absent: all of the project. */
    readonly definitions?: readonly number[];
  }[];
  /** Environments of it that another connector serves. */
  readonly otherEnvironments: readonly string[];
};

export type EnvironmentConfig = {
  readonly name: string;
  readonly repository: string;
  /** Folder in the manifests repository, without slashes at its ends; empty for the root. */
  readonly path: string;
  readonly clusters: readonly EnvironmentCluster[];
  /** `Kustomization/flux-system/shop-dev`: assigned beside what carries the label. */
  readonly objects: readonly string[];
  readonly definitions?: readonly PipelineMatch[];
  /** Id of the identity of the connector that decides it: this one answers what that one asks. */
  readonly decider?: string;
  readonly scope: "delivery" | "environment";
  readonly healthUnknownSucceeds: boolean;
  /** Its pull requests get the status `four-eyes`. */
  readonly fourEyes?: boolean;
  /** Runs that deployed it are kept: so many days, or a year. */
  readonly retain?: boolean | number;
  /**
   * Commit statuses of Flux objects: of all, or only while they fail. Absent: of all, where there are
   * not many.
   */
  readonly statuses?: "all" | "summary";
  /** As {@link Timings.grace}, here. */
  readonly grace?: number;
  /** What everybody in the organisation may read of it beside states and reasons; default: no more. */
  readonly snapshot?: {
    /** Controllers' own words. */
    readonly messages?: boolean;
    readonly events?: boolean;
    /** So many last lines of what is not well. */
    readonly logLines?: number;
  };
};

/** Times in ms. */
export type Timings = {
  /** Between two looks for new letters. */
  readonly letters: number;
  /** Between two lists of the builds in progress. */
  readonly discovery: number;
  /** Between two full looks at an environment. */
  readonly resync: number;
  /** How long a failure may last before it counts. */
  readonly grace: number;
  /** Between two looks at an open wait. */
  readonly look: number;
};

export type ConnectorConfig = {
  readonly mode: Mode;
  readonly azureDevOps: {
    readonly organisationUrl: string;
    readonly authentication: "pat" | "bearer" | "workload-identity";
    readonly collectionBuildIdentity?: string;
    /** Ids that the connector had before: what they said counts as its own word. */
    readonly formerIdentities?: readonly string[];
    /** `2027-01-31`: of a personal access token, which does not tell. */
    readonly tokenExpires?: string;
    readonly extension: { readonly publisher: string; readonly name: string };
  };
  readonly listen: { readonly host: string; readonly port: number };
  readonly repositories: readonly RepositoryConfig[];
  readonly clusters: readonly {
    readonly name: string;
    readonly kubeconfig?: string;
    /** Id of the identity of the connector that judges it: this one does not reach it. */
    readonly observer?: string;
    /** All that is watched and read there; absent: the whole cluster. */
    readonly namespaces?: readonly string[];
    /** Secrets or ConfigMaps, `namespace/name`, by which Flux in other clusters acts in this one. */
    readonly kubeConfigs?: readonly string[];
  }[];
  readonly environments: readonly EnvironmentConfig[];
  /** Identities beside the build services that may post letters. */
  readonly letterAuthors: readonly LetterAuthor[];
  /** Ids of WaitForFlux in copies of the extension that others published. */
  readonly waitTaskIds: readonly string[];
  /** Accounts that are one person's, or a machine's, for `four-eyes`. */
  readonly people: readonly KnownPerson[];
  /** How a run ends that was superseded, rejected, or waited for too long. */
  readonly superseded: "cancel" | "fail";
  readonly nudge: boolean;
  /** Several replicas, of which one works. */
  readonly leaderElection?: LeaderElection;
  readonly timings: Timings;
};

const validate = new Ajv({ allErrors: true, strict: false, verbose: true }).compile(configSchema);

type Defaulted = "branch" | "pipelines" | "otherEnvironments";
type Loose<T> = { readonly [Key in keyof T]?: T[Key] };
/** Left out in the file where the default does. */
type Plain = "mode" | "letterAuthors" | "waitTaskIds" | "people" | "superseded" | "nudge";
type Nested = "azureDevOps" | "listen" | "repositories" | "environments";
type ConfigFile = Omit<ConnectorConfig, Plain | Nested | "leaderElection" | "timings"> &
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

/** @throws InputError with every problem of the file at once, each with its line. */
export function parseConfig(source: string, file: string): ConnectorConfig {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, logLevel: "silent" });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map(({ pos, message }) => ({
        file,
        line: lineAt(pos[0]),
        message: `not valid YAML: ${(message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "")}`,
      })),
    );
  }
  const value = valueOf(document, file);
  const found = [
    ...(validate(value) ? [] : (validate.errors ?? []))
      .map(schemaProblem)
      .filter((one) => one !== undefined),
    ...contradictions(value),
  ];
  if (found.length > 0) {
    const problems = found.map(({ path, message }): Problem => {
      const offset = offsetOf(document, path);
      return { file, ...(offset === undefined ? {} : { line: lineAt(offset) }), message };
    });
    throw new InputError(
      problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
      { hint: "docs/connector.md lists every key." },
    );
  }
  return withDefaults(value as ConfigFile);
}

function valueOf(document: Document.Parsed, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 20 });
  } catch (cause) {
    // An alias without its anchor, or more of them than a person writes.
    throw new InputError([{ file, message: `not valid YAML: ${causeText(cause)}` }], { cause });
  }
}

function withDefaults(file: ConfigFile): ConnectorConfig {
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
      path: (one.path ?? one.name).replace(/^(\.?\/)+|\/+$|^\.$/g, ""),
      clusters: one.clusters.map((cluster) => ({
        ...cluster,
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
