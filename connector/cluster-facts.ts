import { HttpError, causeText } from "../core/errors.ts";
import type { FluxObject } from "../core/flux/flux-object.ts";
import type { ClusterFacts, GateInput } from "../core/gate/gate-input.ts";
import { kubeConfigText } from "../core/gate/health-key.ts";
import { objectsToObserve, type Wanted } from "../core/gate/observe.ts";
import type { ObservedHealth } from "../core/health/health.ts";
import type { ObjectHistory } from "../core/health/object-history.ts";
import type { Observed } from "../clients/kubernetes/observe.ts";
import type { WatchedCluster } from "../clients/kubernetes/watch-cluster.ts";
import type { Connector, GateRoom } from "./connector.ts";
import { readObserver, type ObserverQuestion } from "./observers/read-observer.ts";
import type { EnvironmentConfig } from "../core/connector-config/config.ts";

type Named = EnvironmentConfig["clusters"][number];

/** Flux' objects of one cluster of an environment, from the watch cache or read just now. */
export async function readCluster(
  connector: GateRoom,
  {
    environment,
    cluster,
    fresh,
    about,
  }: {
    readonly environment: EnvironmentConfig;
    readonly cluster: Named;
    readonly fresh: boolean;
    /** X, for the connector of a cluster that this one does not reach; absent while there is none. */
    readonly about?: Omit<ObserverQuestion, "environment" | "cluster" | "observer">;
  },
): Promise<ClusterFacts> {
  const watched = connector.clusters.get(cluster.name);
  const common = {
    name: cluster.name,
    active: cluster.active,
    ...(cluster.paths ? { paths: cluster.paths } : {}),
    assigned: environment.objects,
    health: {},
  };
  const { observer, namespaces } =
    connector.config.clusters.find(({ name }) => name === cluster.name) ?? {};
  if (observer !== undefined) {
    const question = about && { ...about, environment, cluster: cluster.name, observer };
    const facts = question && (await readObserver(connector, question));
    return { ...common, flux: [], ...(facts ? { observer: facts } : {}) };
  }
  if (!watched) return { ...common, flux: [], silent: "it is not configured" };
  let flux: readonly FluxObject[] = watched.flux();
  let silent = watched.silent();
  if (fresh && silent === undefined) {
    try {
      flux = await watched.readFlux();
    } catch (error) {
      silent = causeText(error);
    }
  }
  return {
    ...common,
    flux,
    ...(namespaces ? { namespaces } : {}),
    ...(silent === undefined ? {} : { silent }),
  };
}

/** The same with the health of every object that the gate asks for. */
export async function readHealth(
  connector: Pick<Connector, "clusters" | "config">,
  facts: ClusterFacts,
  { input, commit }: { readonly input: Omit<GateInput, "clusters">; readonly commit: string },
): Promise<ClusterFacts> {
  const watched = connector.clusters.get(facts.name);
  if (!watched || facts.silent !== undefined) return facts;
  const health: Record<string, ObservedHealth> = {};
  const history: Record<string, ObjectHistory> = {};
  const wanted = [...objectsToObserve(input, facts, commit)];
  try {
    // A few at a time: the API server is shared.
    while (wanted.length > 0) {
      await Promise.all(
        wanted.splice(0, 8).map(async (one) => {
          const observed = await observeOne(connector, watched, one).catch(orUnknown);
          if (observed === undefined) return;
          health[one.key] = observed.health;
          if (observed.history) history[one.key] = observed.history;
        }),
      );
    }
  } catch (error) {
    return { ...facts, silent: causeText(error) };
  }
  return { ...facts, health, history };
}

// An API that an object is served by may be down for ever, and the others of the cluster are there.
function orUnknown(error: unknown): Observed {
  if (!(error instanceof HttpError) || error.status < 400) throw error;
  const cause = `the Kubernetes API answered ${error.status} about it`;
  return { health: { state: "unknown", cause }, images: [] };
}

// What lives in another cluster is read there; where nobody knows which, it is not read.
async function observeOne(
  { clusters, config }: Pick<Connector, "clusters" | "config">,
  watched: WatchedCluster,
  wanted: Wanted,
): Promise<Observed | undefined> {
  const options = wanted.expression === undefined ? {} : { expression: wanted.expression };
  if (wanted.kubeConfig === undefined) return watched.observe(wanted, options);
  const name = kubeConfigText(wanted.kubeConfig);
  const there = config.clusters.find(({ kubeConfigs = [] }) => kubeConfigs.includes(name));
  const other = there && clusters.get(there.name);
  if (other === undefined) return undefined;
  try {
    return await other.observe(wanted, options);
  } catch (error) {
    // One cluster that does not answer makes no other silent.
    const cause = `cluster ${other.name} does not answer as it should: ${causeText(error)}`;
    return { health: { state: "unknown", cause }, images: [] };
  }
}
