import { connectKubernetes, type Kubernetes } from "../clients/kubernetes/connect.ts";
import { isForbidden } from "../clients/kubernetes/failure.ts";
import type { WatchedCluster } from "../clients/kubernetes/watch-cluster.ts";
import { HttpError, InputError, causeText, type Problem } from "../core/errors.ts";
import type { Logger } from "pino";
import type { ConnectorConfig } from "../core/connector-config/config.ts";

/**
 * Reads every cluster's kubeconfig; nothing is asked yet. @throws InputError with the problems of all
 * of them, TerminalError when one has no kubeconfig and the connector runs in no cluster.
 */
export function openClusters(config: ConnectorConfig): ReadonlyMap<string, Kubernetes> {
  const problems: Problem[] = [];
  const clusters = new Map<string, Kubernetes>();
  for (const { name, kubeconfig, observer } of config.clusters) {
    if (observer !== undefined) continue;
    try {
      clusters.set(name, connectKubernetes(kubeconfig === undefined ? {} : { kubeconfig }));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(
        ...error.problems.map((one) => ({ ...one, message: `cluster ${name}: ${one.message}` })),
      );
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return clusters;
}

/** Says once that a cluster is silent, and once that it is back. Call it at every change. */
export function createSilenceLog(log: Logger): (cluster: WatchedCluster) => void {
  const silent = new Set<string>();
  return (cluster) => {
    const { name } = cluster;
    const problem = cluster.problem();
    if (problem === undefined) {
      if (silent.delete(name)) log.info({ cluster: name }, `Cluster ${name} answers again`);
      return;
    }
    if (silent.has(name)) return;
    silent.add(name);
    const forbidden = isForbidden(problem);
    const hint = problem instanceof HttpError && problem.hint ? ` ${problem.hint}` : "";
    log.error(
      { cluster: name, code: forbidden ? "cluster-forbidden" : "kubernetes-unreachable" },
      `Failed to watch cluster ${name}: ${causeText(problem)}.${hint} It is asked again and again`,
    );
  };
}
