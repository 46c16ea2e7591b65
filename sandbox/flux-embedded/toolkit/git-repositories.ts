// source-controller's GitRepository (v1.9), by its conditions, reasons and messages.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { objectKey, timestamp, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { find, mark, unmark, type Conditions } from "./conditions.ts";
import { parseDuration } from "./durations.ts";
import {
  fluxObject,
  handledRequest,
  patchStatus,
  removeFinalizer,
  withFinalizer,
  type FluxStatus,
} from "./flux-object.ts";
import {
  GitFailure,
  remoteRevision,
  storeArtifact,
  type GitReference,
  type GitRemote,
} from "./git-source.ts";

export const gitRepositoryVersion = "source.toolkit.fluxcd.io/v1";

type GitRepositorySpec = {
  readonly url: string;
  readonly interval: string;
  readonly timeout?: string;
  readonly ref?: GitReference;
  readonly secretRef?: { readonly name: string };
  readonly suspend?: boolean;
};

export type Artifact = {
  readonly revision: string;
  readonly digest: string;
  readonly path: string;
  readonly url: string;
  readonly size: number;
  readonly lastUpdateTime: string;
};

export type GitRepositoryStatus = FluxStatus & { readonly artifact?: Artifact };

/** Where an artifact lies. */
export function artifactFile(cluster: Cluster, { path }: Pick<Artifact, "path">): string {
  return join(cluster.directory, "artifacts", path);
}

export async function reconcileGitRepository(cluster: Cluster, key: string): Promise<Again> {
  const found = fluxObject(cluster, {
    apiVersion: gitRepositoryVersion,
    kind: "GitRepository",
    key,
  });
  if (!found) return undefined;
  if (found.metadata.deletionTimestamp) {
    removeFinalizer(cluster, found);
    await rm(remoteDirectory(cluster, found), { recursive: true, force: true });
    return undefined;
  }
  const object = withFinalizer(cluster, found);
  const spec = object.spec as GitRepositorySpec;
  if (spec.suspend) return undefined;
  announce(cluster, object);
  try {
    await fetch(cluster, object);
  } catch (error) {
    if (!(error instanceof SourceFailure || error instanceof GitFailure)) throw error;
    if (cluster.signal.aborted) return undefined;
    const reason = error instanceof SourceFailure ? error.reason : gitReason(error);
    reportFailure(cluster, object, { reason, message: error.message });
    // Errors are retried with back-off, not after the interval.
    return Math.min(parseDuration(spec.interval) ?? 60_000, retryMs(object));
  }
  return parseDuration(spec.interval) ?? 60_000;
}

class SourceFailure extends Error {
  readonly reason: string;
  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

function gitReason({ message }: GitFailure): string {
  return message.includes("authentication required")
    ? "AuthenticationFailed"
    : "GitOperationFailed";
}

const failedSince = new Map<string, number>();

// From 750 ms on, doubling: the controllers' default back-off.
function retryMs({ metadata }: KubeObject): number {
  const count = (failedSince.get(metadata.uid ?? "") ?? -1) + 1;
  failedSince.set(metadata.uid ?? "", count);
  return Math.min(750 * 2 ** count, 15 * 60_000);
}

function conditionsOf(cluster: Cluster, object: KubeObject): Conditions {
  const kind = kindOf(cluster, gitRepositoryVersion, "GitRepository");
  const current = cluster.api.store.get({ kind, ...object.metadata });
  return ((current?.status ?? {}) as FluxStatus).conditions ?? [];
}

function announce(cluster: Cluster, object: KubeObject): void {
  const status = (object.status ?? {}) as GitRepositoryStatus;
  const generation = object.metadata.generation ?? 1;
  const request = handledRequest(object).lastHandledReconcileAt;
  if (status.observedGeneration === generation && request === status.lastHandledReconcileAt) return;
  const message =
    status.observedGeneration === generation
      ? "reconciliation in progress"
      : `processing object: new generation ${status.observedGeneration ?? -1} -> ${generation}`;
  reportProgress(cluster, object, { message, drift: false });
}

// Without drift a Ready that has been settled stays as it is meanwhile.
function reportProgress(
  cluster: Cluster,
  object: KubeObject,
  { message, drift }: { readonly message: string; readonly drift: boolean },
): void {
  const generation = object.metadata.generation ?? 1;
  const reason = "Progressing";
  const status = { status: "True", reason, message } as const;
  let conditions = mark(conditionsOf(cluster, object), generation, {
    type: "Reconciling",
    ...status,
  });
  const ready = find(conditions, "Ready")?.status ?? "Unknown";
  if (drift || ready === "Unknown") {
    conditions = mark(conditions, generation, { ...status, type: "Ready", status: "Unknown" });
  }
  patchStatus(cluster, object, { conditions });
}

async function fetch(cluster: Cluster, object: KubeObject): Promise<void> {
  const remote = remoteOf(cluster, object);
  const { revision, sha, ref } = await remoteRevision(remote);
  const known = ((object.status ?? {}) as GitRepositoryStatus).artifact;
  if (known?.revision === revision) return reportStored(cluster, object, known);
  const message = `building artifact: new upstream revision '${revision}'`;
  reportProgress(cluster, object, { message, drift: true });
  const { namespace, name } = object.metadata;
  const path = `gitrepository/${namespace}/${name}/${sha}.tar`;
  const file = artifactFile(cluster, { path });
  const { digest, size, subject } = await storeArtifact(remote, { sha, ref, file });
  const lastUpdateTime = timestamp();
  const url = `http://source-controller.flux-system.svc.cluster.local./${path}`;
  const artifact: Artifact = { digest, lastUpdateTime, path, revision, size, url };
  if (cluster.signal.aborted) return;
  reportStored(cluster, object, artifact);
  if (known?.digest === digest) return;
  cluster.record({
    object,
    type: "Normal",
    reason: "NewArtifact",
    message: `stored artifact for commit '${subject}'`,
    controller: "source-controller",
    metadata: { revision, digest },
  });
}

function remoteOf(cluster: Cluster, object: KubeObject): GitRemote {
  const spec = object.spec as GitRepositorySpec;
  const authorization = authorizationOf(cluster, object);
  return {
    url: spec.url,
    reference: spec.ref ?? { branch: "master" },
    directory: remoteDirectory(cluster, object),
    signal: cluster.signal,
    timeoutMs: parseDuration(spec.timeout) ?? 60_000,
    ...(authorization ? { authorization } : {}),
  };
}

function remoteDirectory(cluster: Cluster, { metadata }: KubeObject): string {
  return join(cluster.directory, "repositories", `${metadata.uid}.git`);
}

function authorizationOf(cluster: Cluster, object: KubeObject): string | undefined {
  const { secretRef } = object.spec as GitRepositorySpec;
  if (!secretRef) return undefined;
  const { namespace = "" } = object.metadata;
  const { name } = secretRef;
  const secret = cluster.api.store.get({ kind: kindOf(cluster, "v1", "Secret"), namespace, name });
  if (!secret) {
    const failed = `failed to get secret '${objectKey({ namespace, name })}'`;
    throw new SourceFailure(
      "AuthenticationFailed",
      // The controller wraps the same words twice.
      `${failed}: ${failed}: secrets "${name}" not found`,
    );
  }
  const data = (secret["data"] ?? {}) as Record<string, string>;
  const read = (field: string) => Buffer.from(data[field] ?? "", "base64").toString("utf8");
  if (data["bearerToken"]) return `Bearer ${read("bearerToken")}`;
  const pair = `${read("username")}:${read("password")}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}

function reportStored(cluster: Cluster, object: KubeObject, artifact: Artifact): void {
  const generation = object.metadata.generation ?? 1;
  failedSince.delete(object.metadata.uid ?? "");
  const status = "True" as const;
  const reason = "Succeeded";
  const message = `stored artifact for revision '${artifact.revision}'`;
  let conditions = unmark(conditionsOf(cluster, object), "Reconciling", "FetchFailed", "Stalled");
  for (const type of ["Ready", "ArtifactInStorage"]) {
    conditions = mark(conditions, generation, { type, status, reason, message });
  }
  patchStatus(cluster, object, {
    artifact,
    conditions,
    observedGeneration: generation,
    ...handledRequest(object),
  });
}

const progressing = {
  type: "Reconciling",
  status: "True",
  message: "reconciliation in progress",
} as const;

function reportFailure(
  cluster: Cluster,
  object: KubeObject,
  { reason, message }: { readonly reason: string; readonly message: string },
): void {
  const generation = object.metadata.generation ?? 1;
  let conditions = conditionsOf(cluster, object);
  conditions = mark(conditions, generation, {
    type: "FetchFailed",
    status: "True",
    reason,
    message,
  });
  conditions = mark(conditions, generation, { type: "Ready", status: "False", reason, message });
  const reconciling = find(conditions, "Reconciling") ?? progressing;
  conditions = mark(conditions, generation, { ...reconciling, reason: "ProgressingWithRetry" });
  patchStatus(cluster, object, { conditions, ...handledRequest(object) });
  const event = { object, type: "Warning", reason, message } as const;
  cluster.record({ ...event, controller: "source-controller" });
}
