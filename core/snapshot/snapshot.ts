// What the connector writes for the hub: one document for each environment and cluster. Display
// only: everyone in the organisation could read and write there (design.md 4.8). Version 2 adds to
// version 1 and keeps its fields: an older hub reads what it knows (4.9).
import type { Phase } from "../flux/phase.ts";
import type { ObjectDetail } from "./object-detail.ts";
import type { Rollout } from "./rollouts.ts";
import type { WorkloadDetail } from "./workload-detail.ts";

export const snapshotCollection = "fluxgate-environments";

/** What does not fit into an environment's document: read when somebody opens it. */
export const snapshotPageCollection = "fluxgate-environment-pages";

/** Bounded so that one environment's document stays small; what was left out is counted. */
export const snapshotLimits = { objects: 500, workloads: 500, text: 500 };

export type EnvironmentSnapshot = {
  /** `<environment>.<cluster>` */
  readonly id: string;
  /** Absent in what version 1 wrote: then it holds no details. */
  readonly version?: number;
  readonly environment: string;
  readonly cluster: string;
  readonly active: boolean;
  /** Id of the connector's identity, whose commit statuses count. */
  readonly reportedBy?: string;
  /** ISO time. */
  readonly observedAt: string;
  /** It is written anew so often, changed or not; ms. Absent: every ten minutes. */
  readonly every?: number;
  /** The cluster does not answer: why. What else is here is then old. */
  readonly silent?: string;
  readonly repository: { readonly project: string; readonly name: string; readonly branch: string };
  /** Last commit of the branch that changed the environment's folder. */
  readonly commit?: string;
  readonly objects: readonly SnapshotObject[];
  readonly workloads: readonly SnapshotWorkload[];
  /** How many objects and workloads are not in the lists. */
  readonly leftOut: number;
  /** Newest first: when the cluster had which commit. */
  readonly rollouts?: readonly Rollout[];
  /** What could not be looked at, one sentence each. */
  readonly gaps?: readonly string[];
  /** The details of all objects and workloads stand in pages of this digest. */
  readonly pages?: { readonly count: number; readonly digest: string };
};

export type SnapshotObject = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly phase: Phase;
  readonly cause: string;
  /** As Flux writes it, e.g. `main@sha1:…`. */
  readonly revision?: string;
} & ObjectDetail;

export type SnapshotWorkload = {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** All of its pod template, whoever made them. */
  readonly images: readonly string[];
  /** `current`, `in-progress`, `failed`, `terminating`, `unknown`, `forbidden`, `missing`. */
  readonly health: string;
  readonly cause: string;
} & WorkloadDetail;

export function snapshotId(environment: string, cluster: string): string {
  return `${environment}.${cluster}`;
}
