import type { KnownPerson } from "../four-eyes/person.ts";
import type { LetterAuthor } from "../gate/letter-author.ts";
import type { PipelineMatch } from "../gate/pipeline-match.ts";
import type { EnvironmentCluster } from "./environment-cluster.ts";
import type { LeaderElection } from "./leader-election.ts";

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
