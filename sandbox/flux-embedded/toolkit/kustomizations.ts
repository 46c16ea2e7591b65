// kustomize-controller's Kustomization (v1.9): what stands around the work on one artifact.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { objectKey } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { deleteEntries } from "./apply-manifests.ts";
import { unmetDependency } from "./check-dependencies.ts";
import { formatDuration, parseDuration } from "./durations.ts";
import { fluxObject, removeFinalizer, withFinalizer } from "./flux-object.ts";
import { emit } from "./kustomization-events.ts";
import type { KustomizationSpec } from "./kustomization-spec.ts";
import {
  kustomizationVersion,
  setNotReady,
  type KustomizationDraft,
  type KustomizationStatus,
} from "./kustomization-status.ts";
import { failureReason, reconcileArtifact } from "./reconcile-artifact.ts";
import { sourceVersion, type Artifact, type SourceStatus } from "./source-progress.ts";
import { conditionOf, draftOf, finish } from "./status-draft.ts";
import { targetCluster } from "./target-cluster.ts";

const sourceKinds = ["GitRepository", "OCIRepository", "Bucket", "ExternalArtifact"];

export async function reconcileKustomization(cluster: Cluster, key: string): Promise<Again> {
  const at = { apiVersion: kustomizationVersion, kind: "Kustomization", key };
  const found = fluxObject(cluster, at);
  if (!found) return undefined;
  const start = Date.now();
  const deleted = found.metadata.deletionTimestamp !== undefined;
  const object = deleted ? found : withFinalizer(cluster, found);
  const draft = draftOf<KustomizationStatus>(object);
  const spec = object.spec as KustomizationSpec;
  const again = deleted ? finalize(cluster, draft) : await pass(cluster, draft);
  // A deleted object takes no further status: it is gone once its finalizer is.
  if (!deleted) finish(cluster, draft);
  if (!spec.suspend && conditionOf(draft, "Ready")?.status === "True") {
    const took = formatDuration(Date.now() - start);
    const next = formatDuration(parseDuration(spec.interval) ?? 0);
    const message = `Reconciliation finished in ${took}, next run in ${next}`;
    const revision = draft.status.lastAppliedRevision;
    emit(cluster, draft, {
      type: "Normal",
      message,
      revision,
      metadata: { commit_status: "update" },
    });
  }
  if (deleted) removeFinalizer(cluster, object);
  return again;
}

async function pass(cluster: Cluster, draft: KustomizationDraft): Promise<Again> {
  const spec = draft.object.spec as KustomizationSpec;
  if (spec.suspend) return undefined;
  const { requeueDependency } = cluster.timings;
  const { sourceRef } = spec;
  const namespace = sourceRef.namespace ?? draft.object.metadata.namespace ?? "";
  const key = objectKey({ namespace, name: sourceRef.name });
  const at = { apiVersion: sourceVersion, kind: sourceRef.kind, key };
  const source = sourceKinds.includes(sourceRef.kind) ? fluxObject(cluster, at) : undefined;
  if (!source) {
    const message = `${sourceRef.kind}.source.toolkit.fluxcd.io "${sourceRef.name}" not found`;
    setNotReady(draft, "ArtifactFailed", message);
    return retryInterval(spec);
  }
  const { artifact } = (source.status ?? {}) as SourceStatus;
  const soon = `retrying in ${formatDuration(requeueDependency)}`;
  if (!artifact) {
    setNotReady(draft, "ArtifactFailed", `Source artifact not found, ${soon}`);
    return requeueDependency;
  }
  const { revision } = artifact;
  const unmet = unmetDependency(cluster, draft.object, revision);
  if (unmet !== undefined) {
    setNotReady(draft, "DependencyNotReady", unmet);
    const message = `Dependencies do not meet ready condition, ${soon}`;
    emit(cluster, draft, { type: "Normal", message, revision });
    return requeueDependency;
  }
  return tryToApply(cluster, draft, artifact);
}

async function tryToApply(
  cluster: Cluster,
  draft: KustomizationDraft,
  artifact: Artifact,
): Promise<Again> {
  const spec = draft.object.spec as KustomizationSpec;
  const interval = parseDuration(spec.interval) ?? 60_000;
  const wanted = parseDuration(spec.timeout) ?? interval - 30_000;
  const timeoutMs = Math.max(wanted, cluster.timings.minimumTimeout);
  const root = await mkdtemp(join(tmpdir(), "kustomization-"));
  try {
    await reconcileArtifact(cluster, { draft, spec, artifact, timeoutMs, root });
    return interval;
  } catch (error) {
    const reason = failureReason(error);
    if (!reason || !(error instanceof Error)) throw error;
    const { message } = error;
    setNotReady(draft, reason, message);
    emit(cluster, draft, { type: "Warning", message, revision: artifact.revision });
    return retryInterval(spec);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function retryInterval({ retryInterval: retry, interval }: KustomizationSpec): number {
  return parseDuration(retry) ?? parseDuration(interval) ?? 60_000;
}

function finalize(cluster: Cluster, draft: KustomizationDraft): undefined {
  const spec = draft.object.spec as KustomizationSpec;
  const { deletionPolicy = "MirrorPrune", suspend } = spec;
  const { inventory, lastAppliedRevision: revision } = draft.status;
  const deletes = deletionPolicy === "MirrorPrune" ? spec.prune : deletionPolicy !== "Orphan";
  if (!deletes || suspend || !inventory) return;
  const message = deleteEntries(targetCluster(cluster, draft.object), inventory);
  if (message) emit(cluster, draft, { type: "Normal", message, revision });
}
