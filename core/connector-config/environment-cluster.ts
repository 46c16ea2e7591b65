import type { Schedule } from "./schedule.ts";

/** Only an active cluster gates; the others are shown, a retired one is not even asked. */
export type ClusterState = "joining" | "active" | "draining" | "retired";

export type EnvironmentCluster = {
  readonly name: string;
  /** Does it gate? At the moment that the configuration was read for, see cluster-plan.ts. */
  readonly active: boolean;
  readonly state?: ClusterState;
  /** When it runs; absent: always. */
  readonly schedule?: Schedule;
  readonly paths?: readonly string[];
};
