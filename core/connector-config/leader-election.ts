import { parseDuration } from "../flux/duration.ts";

export type LeaderElection = {
  /** `namespace/name` of the Lease, and the cluster that holds it. */
  readonly lease: string;
  readonly cluster: string;
  /** How long a leader that says nothing leads, ms. */
  readonly duration: number;
};

export type LeaderElectionFile = {
  readonly lease: string;
  readonly cluster?: string;
  readonly duration?: string;
};

/** By default the Lease is in the cluster that the connector runs in. */
export function leaderElection(
  { lease, cluster, duration = "15s" }: LeaderElectionFile,
  all: readonly {
    readonly name: string;
    readonly kubeconfig?: string;
    readonly observer?: string;
  }[],
): LeaderElection {
  const clusters = all.filter(({ observer }) => observer === undefined);
  const own = clusters.find(({ kubeconfig }) => kubeconfig === undefined) ?? clusters[0];
  return { lease, cluster: cluster ?? own?.name ?? "", duration: parseDuration(duration) ?? 0 };
}
