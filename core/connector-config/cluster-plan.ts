import type { ConnectorConfig } from "./config.ts";
import type { EnvironmentCluster } from "./environment-cluster.ts";
import { isOn } from "./schedule.ts";

/** Why a cluster of an environment does not gate at a moment; undefined where it does. */
export function notGating(
  { active, state, schedule }: Pick<EnvironmentCluster, "active" | "state" | "schedule">,
  at: Date,
): string | undefined {
  if (!active) return `it is ${state ?? "not active"}`;
  if (schedule === undefined || isOn(schedule, at)) return undefined;
  const { timeZone = "UTC", from, to } = schedule;
  return `it is off by its schedule (${from} to ${to}, ${timeZone})`;
}

/** The configuration as it counts at a moment: who gates then, and whom nobody asks. */
export function planAt(config: ConnectorConfig, at: Date): ConnectorConfig {
  const environments = config.environments.map((environment) => ({
    ...environment,
    clusters: environment.clusters
      .filter(({ state }) => state !== "retired")
      .map((cluster) => ({ ...cluster, active: notGating(cluster, at) === undefined })),
  }));
  const names = (of: typeof config.environments) =>
    new Set(of.flatMap(({ clusters }) => clusters.map(({ name }) => name)));
  const [before, now] = [names(config.environments), names(environments)];
  const leading = config.leaderElection?.cluster;
  // One that no environment names may hold what another's Flux applies there (kubeConfigs).
  const isRetired = (name: string) => before.has(name) && !now.has(name) && name !== leading;
  return {
    ...config,
    environments,
    clusters: config.clusters.filter(({ name }) => !isRetired(name)),
  };
}

/** One line for each cluster of an environment that does not gate at a moment. */
export function plannedLines(config: ConnectorConfig, at: Date): readonly string[] {
  return config.environments.flatMap(({ name, clusters }) =>
    clusters.flatMap((cluster) => {
      const why = notGating(cluster, at);
      return why === undefined ? [] : [`${cluster.name} gates nothing in ${name}: ${why}`];
    }),
  );
}
