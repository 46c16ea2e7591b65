import type { SeenWorkload } from "../../clients/kubernetes/read-workloads.ts";
import type { WatchedCluster } from "../../clients/kubernetes/watch-cluster.ts";
import {
  type EnvironmentSnapshot,
  snapshotId,
  snapshotLimits,
  type SnapshotObject,
  type SnapshotWorkload,
} from "../../core/environment-snapshot.ts";
import { fitted } from "../../core/fitted.ts";
import { findFlux, holdersOf, sourcesOf } from "../../core/flux/flux-index.ts";
import { fluxKey, type FluxApplier, type FluxObject } from "../../core/flux/flux-object.ts";
import { phaseOf } from "../../core/flux/phase.ts";
import { readiness } from "../../core/flux/readiness.ts";
import { automationsOf } from "../../core/flux/automations.ts";
import { environmentMembers } from "../../core/gate/environment-members.ts";
import { identityKey, type Identity } from "../../core/manifests/identity.ts";
import { objectDetail } from "../../core/snapshot/object-detail.ts";
import { publicCause } from "../../core/snapshot/public-cause.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { repositoryOf, type Connector } from "../connector.ts";
import { lookAtRollout } from "./look-at-rollout.ts";
import type { LastSnapshot } from "./snapshot-store.ts";

const workloadKinds = new Set([
  ...["Deployment.apps", "StatefulSet.apps", "DaemonSet.apps", "Job.batch", "CronJob.batch"],
  "Pod.",
]);
// Beyond the document's own limit they stand in pages; beyond this they are counted only.
const mostWorkloads = 2_000;
const mostObjects = 2_000;

/** What one cluster runs for an environment, as the hub shows it. */
export async function takeSnapshot(
  connector: Pick<Connector, "ado" | "me" | "repositories">,
  environment: EnvironmentConfig,
  of: {
    readonly cluster: WatchedCluster;
    readonly active: boolean;
    readonly commit: string | undefined;
    readonly healthy: boolean;
    readonly before: LastSnapshot | undefined;
  },
): Promise<EnvironmentSnapshot> {
  const { cluster, active, commit, before } = of;
  const { config } = repositoryOf(connector, environment);
  const flux = cluster.flux();
  const assigned = environment.objects;
  const members = environmentMembers(flux, { environment: environment.name, assigned });
  const objects = withSources(members, flux);
  const silent = cluster.silent();
  const all = workloadsOf(members);
  const { messages = false, events = false, logLines = 0 } = environment.snapshot ?? {};
  const read =
    silent === undefined
      ? await cluster.readWorkloads(all.slice(0, mostWorkloads), { events, logLines })
      : { workloads: [], gaps: [] };
  const observedAt = new Date(connector.ado.now()).toISOString();
  const rollouts = await lookAtRollout(connector, environment, {
    ...{ ...of, members, at: observedAt },
  });
  // What is not well first: whatever is cut off, that is not.
  const workloads = read.workloads
    .map((seen) => workloadOf(seen, { flux, messages }))
    .sort(byHealth);
  return {
    id: snapshotId(environment.name, cluster.name),
    version: 2,
    ...{ environment: environment.name, cluster: cluster.name, active },
    reportedBy: connector.me,
    observedAt,
    ...(silent === undefined
      ? {}
      : { silent: messages ? silent : "it does not answer as it should" }),
    repository: { project: config.project, name: config.repository, branch: config.branch },
    ...(commit === undefined ? {} : { commit }),
    objects: objects.slice(0, mostObjects).map((object) => objectOf(object, { flux, messages })),
    // A silent cluster's workloads are what was last known of them: nothing, told by `silent`.
    workloads,
    leftOut: Math.max(0, objects.length - mostObjects) + all.length - workloads.length,
    rollouts,
    ...(read.gaps.length === 0 ? {} : { gaps: read.gaps.slice(0, 20) }),
    ...(silent !== undefined && before !== undefined ? lastSeen(before) : {}),
  };
}

// What was seen before it fell silent stays, as old as it is: the hub says so.
function lastSeen({ workloads, pages }: LastSnapshot) {
  return { workloads, ...(pages === undefined ? {} : { pages }) };
}

type Seen = { readonly flux: readonly FluxObject[]; readonly messages: boolean };

/** Members, before them what their files come from, behind them what writes images there. */
function withSources(
  members: readonly FluxApplier[],
  flux: readonly FluxObject[],
): readonly FluxObject[] {
  const references = members.flatMap(sourcesOf);
  const found = references.flatMap((reference) => findFlux(flux, reference) ?? []);
  return [...new Set<FluxObject>([...found, ...members, ...automationsOf(members, flux)])];
}

function objectOf(object: FluxObject, { flux, messages }: Seen): SnapshotObject {
  const { phase, cause } = phaseOf(object, settled(object) ? "yes" : undefined);
  const shown = messages ? cause : phase === "in-sync" ? "" : publicCause(readiness(object));
  const revision = revisionOf(object);
  const { kind, namespace, name } = object;
  return {
    ...{ kind, namespace, name, phase },
    cause: fitted(shown, snapshotLimits.text),
    ...(revision === undefined ? {} : { revision }),
    ...objectDetail(object, flux),
  };
}

function revisionOf(object: FluxObject): string | undefined {
  switch (object.kind) {
    case "Kustomization":
      return object.lastAppliedRevision;
    case "HelmRelease":
      return object.lastAttemptedRevision;
    case "GitRepository":
    case "OCIRepository":
    case "ExternalArtifact":
    case "HelmRepository":
      return object.artifactRevision;
    case "ImagePolicy":
      return object.latest;
    case "ImageUpdateAutomation":
      return object.lastPushCommit;
    case "ImageRepository":
    case "HelmChart":
      return undefined;
  }
}

// What it has tried last is what it runs, or gives: looking at it again is no news.
function settled(object: FluxObject): boolean {
  if (object.kind === "Kustomization") {
    return object.lastAppliedRevision === object.lastAttemptedRevision;
  }
  return "artifactRevision" in object && object.artifactRevision !== undefined;
}

function workloadsOf(members: readonly FluxApplier[]): readonly Identity[] {
  const found = members
    // What acts in another cluster has nothing here.
    .flatMap(({ inventory, kubeConfig }) => (kubeConfig === undefined ? inventory : []))
    .filter(({ kind, group }) => workloadKinds.has(`${kind}.${group}`));
  return [...new Map(found.map((identity) => [identityKey(identity), identity])).values()];
}

function workloadOf(
  { identity, health, images, detail }: SeenWorkload,
  { flux, messages }: Seen,
): SnapshotWorkload {
  const { kind, namespace, name } = identity;
  const [holder] = holdersOf(flux, identity).filter((one) => one.entry.namespace === namespace);
  const cause = "cause" in health ? health.cause : "";
  const shown = messages || health.state !== "failed" ? cause : publicFailure(health);
  return {
    ...{ kind, namespace, name, images },
    health: health.state,
    cause: fitted(shown, snapshotLimits.text),
    ...(holder === undefined ? {} : { appliedBy: fluxKey(holder.applier) }),
    ...detail,
  };
}

// Image, restarts and exit code are facts; a message may quote anything.
function publicFailure({ reason, cause }: { readonly reason: string; readonly cause: string }) {
  return cause.includes(`${reason} of image `) ? cause : reason;
}

const order = ["failed", "missing", "unknown", "forbidden", "in-progress", "terminating"];

function byHealth(a: SnapshotWorkload, b: SnapshotWorkload): number {
  const rank = ({ health }: SnapshotWorkload) => {
    const found = order.indexOf(health);
    return found < 0 ? order.length : found;
  };
  return rank(a) - rank(b);
}
