import { causeText } from "../core/errors.ts";
import type { FluxObject } from "../core/flux/flux-object.ts";
import type { ClusterFacts, GateInput } from "../core/gate/gate-input.ts";
import { objectsToObserve } from "../core/gate/observe.ts";
import { identityKey } from "../core/manifests/identity.ts";
import type { ObservedHealth } from "../core/health/health.ts";
import type { Connector } from "./connector.ts";
import type { EnvironmentConfig } from "./config.ts";

type Named = EnvironmentConfig["clusters"][number];

/** Flux' objects of one cluster of an environment, from the watch cache or read just now. */
export async function readCluster(
  connector: Connector,
  {
    environment,
    cluster,
    fresh,
  }: {
    readonly environment: EnvironmentConfig;
    readonly cluster: Named;
    readonly fresh: boolean;
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
  return { ...common, flux, ...(silent === undefined ? {} : { silent }) };
}

/** The same with the health of every object that the gate asks for. */
export async function withHealth(
  connector: Connector,
  facts: ClusterFacts,
  { input, commit }: { readonly input: Omit<GateInput, "clusters">; readonly commit: string },
): Promise<ClusterFacts> {
  const watched = connector.clusters.get(facts.name);
  if (!watched || facts.silent !== undefined) return facts;
  const health: Record<string, ObservedHealth> = {};
  const wanted = [...objectsToObserve(input, facts, commit)];
  try {
    // A few at a time: the API server is shared.
    while (wanted.length > 0) {
      await Promise.all(
        wanted.splice(0, 8).map(async (identity) => {
          health[identityKey(identity)] = (await watched.observe(identity)).health;
        }),
      );
    }
  } catch (error) {
    return { ...facts, silent: causeText(error) };
  }
  return { ...facts, health };
}
