import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";

export type Metrics = {
  readonly registry: Registry;
  readonly calls: Counter<"area" | "method" | "status">;
  readonly callSeconds: Histogram<"area">;
  readonly statuses: Counter<"state">;
  readonly waits: Gauge;
  readonly ended: Counter<"result">;
  readonly refused: Counter<"reason">;
  readonly failures: Counter<"reconciler">;
  readonly configurationRefused: Gauge;
  readonly tokenExpires: Gauge<"source">;
  readonly clusterSilent: Gauge<"cluster">;
  readonly observerSilent: Gauge<"environment" | "cluster">;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    calls: new Counter({
      name: "fluxgate_azure_devops_calls_total",
      help: "Calls to Azure DevOps; status 0: no answer.",
      labelNames: ["area", "method", "status"],
      registers,
    }),
    callSeconds: new Histogram({
      name: "fluxgate_azure_devops_call_seconds",
      help: "How long calls to Azure DevOps took.",
      labelNames: ["area"],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    statuses: new Counter({
      name: "fluxgate_commit_statuses_total",
      help: "Commit statuses posted.",
      labelNames: ["state"],
      registers,
    }),
    waits: new Gauge({
      name: "fluxgate_waits",
      help: "Paused pipelines that are being looked at.",
      registers,
    }),
    ended: new Counter({
      name: "fluxgate_waits_ended_total",
      help: "Paused pipelines that were resumed or failed.",
      labelNames: ["result"],
      registers,
    }),
    refused: new Counter({
      name: "fluxgate_letters_refused_total",
      help: "Letters that were not accepted as waits.",
      labelNames: ["reason"],
      registers,
    }),
    tokenExpires: new Gauge({
      name: "fluxgate_token_expires_seconds",
      help: "When the token of the connector expires, seconds since 1970; absent: nobody knows.",
      labelNames: ["source"],
      registers,
    }),
    configurationRefused: new Gauge({
      name: "fluxgate_configuration_refused",
      help: "1 while the configuration file holds something that is not in use.",
      registers,
    }),
    clusterSilent: new Gauge({
      name: "fluxgate_cluster_silent",
      help: "1 while what a deployment may wait for in a cluster may be old: not all of its watches are up.",
      labelNames: ["cluster"],
      registers,
    }),
    observerSilent: new Gauge({
      name: "fluxgate_observer_silent",
      help: "1 while a cluster's own connector leaves a question about an environment unanswered.",
      labelNames: ["environment", "cluster"],
      registers,
    }),
    failures: new Counter({
      name: "fluxgate_reconcile_failures_total",
      help: "Looks that ended with an error and are repeated.",
      labelNames: ["reconciler"],
      registers,
    }),
  };
}
