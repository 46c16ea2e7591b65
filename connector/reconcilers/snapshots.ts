import { monotonicNow } from "../../clients/monotonic.ts";
import { setDocument } from "../../clients/azure-devops/extension-data.ts";
import type { WatchedCluster } from "../../clients/kubernetes/watch-cluster.ts";
import {
  snapshotCollection,
  snapshotId,
  snapshotLimits,
  type EnvironmentSnapshot,
  type SnapshotObject,
  type SnapshotWorkload,
} from "../../core/environment-snapshot.ts";
import { HttpError } from "../../core/errors.ts";
import type { FluxApplier } from "../../core/flux/flux-object.ts";
import { phaseOf } from "../../core/flux/phase.ts";
import { environmentMembers } from "../../core/gate/environment-members.ts";
import type { Identity } from "../../core/manifests/identity.ts";
import { identityKey } from "../../core/manifests/identity.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { repositoryOf, type Connector } from "../connector.ts";
import { fitted } from "../../core/fitted.ts";

const workloadKinds = new Set(["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"]);

/** Writes what the hub shows: only when it differs, and at each resync so that its age is told. */
export function createSnapshots(connector: Connector) {
  const { config, ado, log } = connector;
  const written = new Map<string, { readonly text: string; readonly at: number }>();
  /** When the service last refused a document, ms since 1970. */
  let refused = 0;
  let said = "";

  async function write(
    environment: EnvironmentConfig,
    { commit }: { readonly commit: string | undefined },
  ): Promise<void> {
    if (config.mode === "observe" || monotonicNow() - refused < config.timings.resync) return;
    for (const { name, active } of environment.clusters) {
      const cluster = connector.clusters.get(name);
      if (!cluster) continue;
      const snapshot = await read(environment, cluster, { active, commit });
      const text = JSON.stringify({ ...snapshot, observedAt: undefined });
      const before = written.get(snapshot.id);
      const now = monotonicNow();
      if (before?.text === text && now - before.at < config.timings.resync) continue;
      if (!(await save(snapshot))) return;
      written.set(snapshot.id, { text, at: now });
    }
  }

  async function save(snapshot: EnvironmentSnapshot): Promise<boolean> {
    const { publisher, name } = config.azureDevOps.extension;
    try {
      await setDocument(ado, {
        ...{ publisher, extension: name, collection: snapshotCollection },
        document: { ...snapshot, __etag: -1 },
      });
    } catch (error) {
      const absent = error instanceof HttpError && [401, 403, 404].includes(error.status);
      if (!absent) throw error;
      // The connector works without the extension; the hub then shows git and pull requests only.
      // It may be installed, or the right granted, while the connector runs.
      refused = monotonicNow();
      if (said !== error.code) {
        log.warn({ err: error }, "The hub gets no Flux state: extension data cannot be written");
      }
      said = error.code;
      return false;
    }
    if (said !== "") log.info("The hub gets Flux' state: extension data can be written now");
    said = "";
    return true;
  }

  async function read(
    environment: EnvironmentConfig,
    cluster: WatchedCluster,
    { active, commit }: { readonly active: boolean; readonly commit: string | undefined },
  ): Promise<EnvironmentSnapshot> {
    const repository = repositoryOf(connector, environment);
    const members = environmentMembers(cluster.flux(), {
      environment: environment.name,
      assigned: environment.objects,
    });
    const silent = cluster.silent();
    const all = workloadsOf(members);
    const workloads = silent === undefined ? all.slice(0, snapshotLimits.workloads) : [];
    return {
      id: snapshotId(environment.name, cluster.name),
      environment: environment.name,
      cluster: cluster.name,
      active,
      reportedBy: connector.me,
      observedAt: new Date(connector.ado.now()).toISOString(),
      ...(silent === undefined ? {} : { silent }),
      repository: {
        project: repository.config.project,
        name: repository.config.repository,
        branch: repository.config.branch,
      },
      ...(commit === undefined ? {} : { commit }),
      objects: members.slice(0, snapshotLimits.objects).map(objectOf),
      workloads: await aFewAtATime(workloads, (identity) => workloadOf(cluster, identity)),
      leftOut:
        Math.max(0, members.length - snapshotLimits.objects) + (all.length - workloads.length),
    };
  }

  return { write };
}

function objectOf(object: FluxApplier): SnapshotObject {
  const { phase, cause } = phaseOf(object, settled(object) ? "yes" : undefined);
  const revision =
    object.kind === "Kustomization" ? object.lastAppliedRevision : object.lastAttemptedRevision;
  const { kind, namespace, name } = object;
  return {
    ...{ kind, namespace, name, phase },
    cause: fitted(cause, snapshotLimits.text),
    ...(revision === undefined ? {} : { revision }),
  };
}

// What it has tried last is what it runs: looking at it again is no news.
function settled(object: FluxApplier): boolean {
  return (
    object.kind === "Kustomization" && object.lastAppliedRevision === object.lastAttemptedRevision
  );
}

function workloadsOf(members: readonly FluxApplier[]): readonly Identity[] {
  const found = members
    .flatMap(({ inventory }) => inventory)
    .filter(({ kind, group }) => workloadKinds.has(kind) && ["apps", "batch"].includes(group));
  return [...new Map(found.map((identity) => [identityKey(identity), identity])).values()];
}

async function workloadOf(cluster: WatchedCluster, identity: Identity): Promise<SnapshotWorkload> {
  const { kind, namespace, name } = identity;
  const { health, images } = await cluster.observe(identity);
  const cause = "cause" in health ? health.cause : "";
  return {
    ...{ kind, namespace, name, images },
    health: health.state,
    cause: fitted(cause, snapshotLimits.text),
  };
}

// The API server is shared, and an environment may have hundreds.
const atATime = 8;

async function aFewAtATime<T, R>(all: readonly T[], ask: (one: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let start = 0; start < all.length; start += atATime) {
    answers.push(...(await Promise.all(all.slice(start, start + atATime).map(ask))));
  }
  return answers;
}
