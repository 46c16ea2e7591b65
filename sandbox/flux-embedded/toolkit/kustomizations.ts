// kustomize-controller's Kustomization (v1.9): build, apply, prune, check health.
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { objectKey, type KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import {
  applyManifests,
  ApplyFailure,
  changeLog,
  deleteEntries,
  inventoryOf,
  prune,
} from "./apply-manifests.ts";
import { BuildFailure, buildManifests } from "./build-manifests.ts";
import { checkHealth } from "./check-health.ts";
import { unmetDependency } from "./check-dependencies.ts";
import { find } from "./conditions.ts";
import { formatDuration, parseDuration } from "./durations.ts";
import {
  fluxObject,
  handledRequest,
  patchStatus,
  removeFinalizer,
  withFinalizer,
} from "./flux-object.ts";
import {
  artifactFile,
  gitRepositoryVersion,
  type GitRepositoryStatus,
} from "./git-repositories.ts";
import { unpackArtifact } from "./git-source.ts";
import { emit } from "./kustomization-events.ts";
import type { Attempt, KustomizationSpec } from "./kustomization-spec.ts";
import {
  addHistory,
  kustomizationVersion,
  reportFailure,
  reportReady,
  reportStep,
  statusOf,
} from "./kustomization-status.ts";
import { HealthFailure } from "./wait-for-health.ts";

export async function reconcileKustomization(cluster: Cluster, key: string): Promise<Again> {
  const found = fluxObject(cluster, {
    apiVersion: kustomizationVersion,
    kind: "Kustomization",
    key,
  });
  if (!found) return undefined;
  if (found.metadata.deletionTimestamp) return finalize(cluster, found);
  const object = withFinalizer(cluster, found);
  const spec = object.spec as KustomizationSpec;
  if (spec.suspend) return observeSuspended(cluster, object);
  const { requeueDependency, minimumTimeout } = cluster.timings;
  const interval = parseDuration(spec.interval) ?? 60_000;
  const retry = parseDuration(spec.retryInterval) ?? interval;
  const fail = (reason: string, message: string) =>
    reportFailure(cluster, object, { reason, message });

  const { namespace = object.metadata.namespace ?? "", name, kind } = spec.sourceRef;
  const at = { apiVersion: gitRepositoryVersion, kind, key: objectKey({ namespace, name }) };
  const source = kind === "GitRepository" ? fluxObject(cluster, at) : undefined;
  if (!source) {
    fail("ArtifactFailed", `${kind}.source.toolkit.fluxcd.io "${name}" not found`);
    return retry;
  }
  const { artifact } = (source.status ?? {}) as GitRepositoryStatus;
  if (!artifact) {
    const again = formatDuration(requeueDependency);
    fail("ArtifactFailed", `Source artifact not found, retrying in ${again}`);
    return requeueDependency;
  }
  const unmet = unmetDependency(cluster, object, artifact.revision);
  if (unmet !== undefined) {
    fail("DependencyNotReady", unmet);
    const again = formatDuration(requeueDependency);
    const message = `Dependencies do not meet ready condition, retrying in ${again}`;
    emit(cluster, object, { type: "Normal", message, revision: artifact.revision });
    return requeueDependency;
  }
  const timeoutMs = Math.max(parseDuration(spec.timeout) ?? interval - 30_000, minimumTimeout);
  const root = await mkdtemp(join(tmpdir(), "kustomization-"));
  try {
    const done = await attempt(cluster, { object, spec, artifact, timeoutMs, root });
    return done ? interval : retry;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

// One that is ready stays so, at the generation that suspends it.
function observeSuspended(cluster: Cluster, object: KubeObject): undefined {
  const ready = find(statusOf(cluster, object).conditions ?? [], "Ready");
  const observed =
    ready?.status === "True" ? { observedGeneration: object.metadata.generation } : {};
  patchStatus(cluster, object, { ...observed, ...handledRequest(object) });
}

async function attempt(cluster: Cluster, attempt: Attempt): Promise<boolean> {
  const { object, artifact, spec, root } = attempt;
  const start = Date.now();
  const took = () => formatDuration(Date.now() - start);
  try {
    await run(cluster, attempt, start);
  } catch (error) {
    const reason = failureReason(error);
    if (!reason || !(error instanceof Error)) throw error;
    if (cluster.signal.aborted) return true;
    const { message } = error;
    const unhealthy = error instanceof HealthFailure ? { unhealthy: error.cause } : {};
    reportFailure(cluster, object, { reason, message: hidePath(message, root), ...unhealthy });
    emit(cluster, object, { type: "Warning", message, revision: artifact.revision });
    return false;
  }
  if (cluster.signal.aborted) return true;
  reportReady(cluster, object, artifact.revision);
  const next = formatDuration(parseDuration(spec.interval) ?? 0);
  const message = `Reconciliation finished in ${took()}, next run in ${next}`;
  const metadata = { commit_status: "update" };
  emit(cluster, object, { type: "Normal", message, revision: artifact.revision, metadata });
  return true;
}

async function run(cluster: Cluster, attempt: Attempt, start: number): Promise<void> {
  const { object, spec, artifact, timeoutMs, root } = attempt;
  const { revision } = artifact;
  const step = (what: string) =>
    `${what} for revision ${revision} with a timeout of ${formatDuration(timeoutMs)}`;
  reportStep(cluster, object, { message: step("Fetching manifests") });
  const { signal } = cluster;
  const file = artifactFile(cluster, artifact);
  if (!(await unpackArtifact(file, { directory: root, signal }))) {
    throw new BuildFailure("ArtifactFailed", `failed to download artifact from ${artifact.url}`);
  }
  const fields = { lastAttemptedRevision: revision };
  reportStep(cluster, object, { message: step("Building manifests"), fields });
  const { objects, yaml } = await buildManifests(cluster, { root, spec });
  if (signal.aborted) return;
  reportStep(cluster, object, { message: step("Detecting drift") });
  const digest = `sha256:${createHash("sha256").update(yaml).digest("hex")}`;
  const remember = (lastReconciledStatus: string) => {
    const lastReconciledDuration = formatDuration(Date.now() - start);
    const entry = { digest, revision, lastReconciledDuration, lastReconciledStatus };
    patchStatus(cluster, object, { history: addHistory(statusOf(cluster, object).history, entry) });
  };
  try {
    const manifests = { objects: withCommonMetadata(objects, spec), force: spec.force ?? false };
    const applied = applyManifests(cluster, object, manifests);
    const log = changeLog(applied);
    if (log) emit(cluster, object, { type: "Normal", message: log, revision });
    const before = statusOf(cluster, object).inventory ?? { entries: [] };
    const inventory = inventoryOf(applied);
    patchStatus(cluster, object, { inventory });
    const pruned = spec.prune ? prune(cluster, before, inventory) : "";
    if (pruned) emit(cluster, object, { type: "Normal", message: pruned, revision });
    await checkHealth(cluster, attempt, { applied, changed: log !== "" });
  } catch (error) {
    remember(failureReason(error) ?? "ReconciliationFailed");
    throw error;
  }
  if (!signal.aborted) remember("ReconciliationSucceeded");
}

function withCommonMetadata(
  objects: readonly KubeObject[],
  { commonMetadata }: KustomizationSpec,
): readonly KubeObject[] {
  if (!commonMetadata) return objects;
  return objects.map((object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, ...commonMetadata.labels },
      annotations: { ...object.metadata.annotations, ...commonMetadata.annotations },
    },
  }));
}

function finalize(cluster: Cluster, object: KubeObject): undefined {
  const {
    prune: pruneOnDelete,
    suspend,
    deletionPolicy = "MirrorPrune",
  } = object.spec as KustomizationSpec;
  const { inventory, lastAppliedRevision } = statusOf(cluster, object);
  const deletes = deletionPolicy === "MirrorPrune" ? pruneOnDelete : deletionPolicy !== "Orphan";
  if (deletes && !suspend && inventory) {
    const message = deleteEntries(cluster, inventory);
    const revision = lastAppliedRevision ?? "";
    if (message) emit(cluster, object, { type: "Normal", message, revision });
  }
  removeFinalizer(cluster, object);
}

function failureReason(error: unknown): string | undefined {
  if (error instanceof BuildFailure) return error.reason;
  if (error instanceof ApplyFailure) return "ReconciliationFailed";
  return error instanceof HealthFailure ? "HealthCheckFailed" : undefined;
}

// The folder's name changes with every attempt, and with it the condition would.
function hidePath(message: string, root: string): string {
  return message.replaceAll(root, "/tmp/kustomization");
}
