import type { Logger } from "pino";
import type { Kubernetes } from "../clients/kubernetes/connect.ts";
import { watchCluster, type WatchedCluster } from "../clients/kubernetes/watch-cluster.ts";
import type { ConnectorConfig } from "../core/connector-config/config.ts";
import { createNews } from "./news.ts";
import { createSilenceLog } from "./open-clusters.ts";

/**
 * Watches the clusters by their names.
 * @param of.ring something happened in a cluster that needs a look
 */
export function watchClusters(
  config: Pick<ConnectorConfig, "clusters">,
  kubernetes: ReadonlyMap<string, Kubernetes>,
  of: { readonly log: Logger; readonly ring: (cluster: string) => void },
): ReadonlyMap<string, WatchedCluster> {
  const saySilence = createSilenceLog(of.log);
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
        saySilence(cluster);
        // What was deleted while nothing was heard is in no event.
        if (cluster.silent() === undefined) news.keep(cluster.flux());
        of.ring(name);
      },
    });
    clusters.set(name, cluster);
  }
  return clusters;
}
