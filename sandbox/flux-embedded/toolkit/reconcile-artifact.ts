// One artifact of the source, from its files to healthy objects: the middle of
// kustomize-controller's reconcile.
import { createHash } from "node:crypto";
import type { KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { ApplyFailure, applyManifests, changeLog, inventoryOf, prune } from "./apply-manifests.ts";
import { buildFolder, BuildFailure, buildManifests, readObjects } from "./build-manifests.ts";
import { checkHealth } from "./check-health.ts";
import { formatDuration } from "./durations.ts";
import { artifactFile, originRevision } from "./source-progress.ts";
import { unpackArtifact } from "./git-source.ts";
import { findBuild, keepBuild } from "./kept-builds.ts";
import { emit } from "./kustomization-events.ts";
import type { Attempt, KustomizationSpec } from "./kustomization-spec.ts";
import { addHistory, setReconciling } from "./kustomization-status.ts";
import { persist, setCondition } from "./status-draft.ts";
import { targetCluster, TargetFailure } from "./target-cluster.ts";
import { HealthFailure } from "./wait-for-health.ts";

/** Ends with Ready=True in the draft. @throws BuildFailure, ApplyFailure, HealthFailure */
export async function reconcileArtifact(cluster: Cluster, attempt: Attempt): Promise<void> {
  const { draft, artifact, timeoutMs } = attempt;
  const { revision } = artifact;
  const start = Date.now();
  const step = (what: string) => {
    const timeout = formatDuration(timeoutMs);
    setReconciling(draft, `${what} for revision ${revision} with a timeout of ${timeout}`);
    persist(cluster, draft);
  };
  const message = "Reconciliation in progress";
  setCondition(draft, { type: "Ready", status: "Unknown", reason: "Progressing", message });
  step("Fetching manifests");
  const known = findBuild(cluster, attempt);
  const folder = known === undefined ? await unpackFolder(cluster, attempt) : "";
  draft.status = { ...draft.status, lastAttemptedRevision: revision };
  step("Building manifests");
  const yaml = known ?? (await buildManifests(cluster, { folder, spec: attempt.spec }));
  const objects = readObjects(yaml);
  keepBuild(cluster, attempt, yaml);
  step("Detecting drift");
  const digest = `sha256:${createHash("sha256").update(yaml).digest("hex")}`;
  const remember = (lastReconciledStatus: string) => {
    const lastReconciledDuration = formatDuration(Date.now() - start);
    addHistory(draft, { digest, revision, lastReconciledDuration, lastReconciledStatus });
  };
  try {
    await applyAndCheck(cluster, attempt, objects);
  } catch (error) {
    remember(failureReason(error) ?? "ReconciliationFailed");
    throw error;
  }
  const reason = "ReconciliationSucceeded";
  const origin = originRevision(artifact);
  draft.status = {
    ...draft.status,
    lastAppliedRevision: revision,
    ...(origin ? { lastAppliedOriginRevision: origin } : {}),
  };
  setCondition(draft, {
    ...{ type: "Ready", status: "True", reason },
    message: `Applied revision: ${revision}`,
  });
  remember(reason);
}

/** The folder of the unpacked artifact that is built. @throws BuildFailure */
async function unpackFolder(cluster: Cluster, attempt: Attempt): Promise<string> {
  const { artifact, root, spec } = attempt;
  const { signal } = cluster;
  if (await unpackArtifact(artifactFile(cluster, artifact), { directory: root, signal })) {
    return buildFolder(root, spec);
  }
  throw new BuildFailure("ArtifactFailed", `failed to download artifact from ${artifact.url}`);
}

/** The reason that Ready gives for a failure of a pass; undefined for what is none. */
export function failureReason(error: unknown): string | undefined {
  if (error instanceof BuildFailure) return error.reason;
  if (error instanceof ApplyFailure || error instanceof TargetFailure)
    return "ReconciliationFailed";
  return error instanceof HealthFailure ? "HealthCheckFailed" : undefined;
}

async function applyAndCheck(
  cluster: Cluster,
  attempt: Attempt,
  objects: readonly KubeObject[],
): Promise<void> {
  const { draft, spec, artifact } = attempt;
  const { revision } = artifact;
  // Whatever stops in the middle of a pass must not write any more.
  if (cluster.signal.aborted) return;
  const before = draft.status.inventory ?? { entries: [] };
  const force = spec.force ?? false;
  const manifests = { objects: withCommonMetadata(objects, spec), force };
  const target = targetCluster(cluster, draft.object);
  const applied = applyManifests(target, draft.object, manifests);
  const log = changeLog(applied);
  if (log) emit(cluster, draft, { type: "Normal", message: log, revision });
  const inventory = inventoryOf(applied);
  draft.status = { ...draft.status, inventory };
  const pruned = spec.prune ? prune(target, before, inventory) : "";
  if (pruned) emit(cluster, draft, { type: "Normal", message: pruned, revision });
  await checkHealth(cluster, attempt, { target, applied, changed: log !== "" });
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
