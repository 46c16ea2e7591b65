import type { Logger } from "pino";
import type { Kubernetes } from "../clients/kubernetes/connect.ts";
import { watchCluster, type WatchedCluster } from "../clients/kubernetes/watch-cluster.ts";
import type { ConnectorConfig } from "../core/connector-config/config.ts";
import type { Metrics } from "./metrics.ts";
import { createNews } from "./news.ts";
import { createSilenceLog } from "./open-clusters.ts";

/**
 * Watches the clusters by their names.
 * @param of.ring something happened in a cluster that needs a look
 */
export function watchClusters(
  config: Pick<ConnectorConfig, "clusters">,
  kubernetes: ReadonlyMap<string, Kubernetes>,
  of: {
    readonly log: Logger;
    readonly metrics: Pick<Metrics, "clusterSilent">;
    readonly ring: (cluster: string) => void;
  },
): ReadonlyMap<string, WatchedCluster> {
  const saySilence = createSilenceLog(of.log);
  const tell = (cluster: WatchedCluster) => {
    saySilence(cluster);
    const isSilent = cluster.silent() !== undefined;
    of.metrics.clusterSilent.set({ cluster: cluster.name }, isSilent ? 1 : 0);
  };
  const clusters = new Map<string, WatchedCluster>();
  for (const [name, api] of kubernetes) {
    const { namespaces } = config.clusters.find((one) => one.name === name) ?? {};
    const news = createNews();
    const cluster = watchCluster({
      ...{ name, kubernetes: api, ...(namespaces ? { namespaces } : {}) },
      onChange: (object) => {
        if (object !== undefined) {
          if (news.isNews(object)) of.ring(name);
          return;
        }
        // Before each kind was asked for once, not having heard of it is no silence.
        void cluster.listed.then(() => tell(cluster));
        // What was deleted while nothing was heard is in no event.
        if (cluster.silent() === undefined) news.keep(cluster.flux());
        of.ring(name);
      },
    });
    clusters.set(name, cluster);
  }
  return clusters;
}
