// source-controller's GitRepository (v1.9), by its conditions, reasons and messages.
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { objectKey, timestamp, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { parseDuration } from "./durations.ts";
import { fluxObject, removeFinalizer, withFinalizer } from "./flux-object.ts";
import {
  GitFailure,
  readRemoteRevision,
  storeArtifact,
  type GitReference,
  type GitRemote,
} from "./git-source.ts";
import {
  announce,
  artifactFile,
  artifactUrl,
  progress,
  SourceFailure,
  sourceVersion,
  type Artifact,
  type SourceStatus,
} from "./source-progress.ts";
import {
  draftOf,
  dropConditions,
  finish,
  persist,
  setCondition,
  type Draft,
} from "./status-draft.ts";

type GitRepositorySpec = {
  readonly url: string;
  readonly interval: string;
  readonly timeout?: string;
  readonly ref?: GitReference;
  readonly secretRef?: { readonly name: string };
  readonly suspend?: boolean;
};

type SourceDraft = Draft<SourceStatus>;

export async function reconcileGitRepository(cluster: Cluster, key: string): Promise<Again> {
  const at = { apiVersion: sourceVersion, kind: "GitRepository", key };
  const found = fluxObject(cluster, at);
  if (!found) return undefined;
  if (found.metadata.deletionTimestamp) {
    removeFinalizer(cluster, found);
    await rm(remoteDirectory(cluster, found), { recursive: true, force: true });
    return undefined;
  }
  const object = withFinalizer(cluster, found);
  const spec = object.spec as GitRepositorySpec;
  const draft = draftOf<SourceStatus>(object);
  if (spec.suspend) return undefined;
  announce(cluster, draft);
  try {
    await fetchSource(cluster, draft);
  } catch (error) {
    if (!(error instanceof SourceFailure || error instanceof GitFailure)) throw error;
    const reason = error instanceof SourceFailure ? error.reason : "GitOperationFailed";
    const { message } = error;
    setCondition(draft, { type: "FetchFailed", status: "True", reason, message });
    setCondition(draft, { type: "Ready", status: "False", reason, message });
    finish(cluster, draft);
    cluster.record({ object, type: "Warning", reason, message, controller: "source-controller" });
    return "retry";
  }
  return parseDuration(spec.interval) ?? 60_000;
}

async function fetchSource(cluster: Cluster, draft: SourceDraft): Promise<void> {
  const { object, status } = draft;
  const { artifact: known } = status;
  const remote = remoteOf(cluster, object);
  const { revision, sha, ref } = await readRemoteRevision(remote, { cloned: known !== undefined });
  dropConditions(draft, "FetchFailed");
  if (known?.revision === revision) {
    const message = `no changes since last reconciliation: observed revision '${revision}'`;
    const reason = "GitOperationSucceeded";
    succeed(cluster, draft, known);
    const event = { object, type: "Normal", reason, message, quiet: true } as const;
    cluster.record({ ...event, controller: "source-controller" });
    return;
  }
  const upstream = `new upstream revision '${revision}'`;
  if (known) {
    const outdated = { status: "True", reason: "NewRevision", message: upstream } as const;
    setCondition(draft, { type: "ArtifactOutdated", ...outdated });
  }
  progress(draft, `building artifact: ${upstream}`, { drift: true });
  persist(cluster, draft);
  const { namespace, name } = object.metadata;
  const path = `gitrepository/${namespace}/${name}/${sha}.tar`;
  const file = artifactFile(cluster, { path });
  const { digest, size, subject } = await storeArtifact(remote, { sha, ref, file });
  await collectGarbage(file, known && artifactFile(cluster, known));
  const lastUpdateTime = timestamp();
  const url = artifactUrl(path);
  succeed(cluster, draft, { digest, lastUpdateTime, path, revision, size, url });
  // The digest decides, as in source-controller: same content, no event.
  if (known?.digest === digest) return;
  const message = `stored artifact for commit '${subject}'`;
  const metadata = { revision, digest };
  const event = { object, type: "Normal", reason: "NewArtifact", message, metadata } as const;
  cluster.record({ ...event, controller: "source-controller" });
}

// A pass may still be reading the artifact before this one; those before that are done with.
async function collectGarbage(newest: string, previous: string | undefined): Promise<void> {
  const folder = dirname(newest);
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    if (file !== newest && file !== previous) await rm(file, { force: true });
  }
}

function succeed(cluster: Cluster, draft: SourceDraft, artifact: Artifact): void {
  const message = `stored artifact for revision '${artifact.revision}'`;
  draft.status = { ...draft.status, artifact };
  dropConditions(draft, "ArtifactOutdated");
  for (const type of ["ArtifactInStorage", "Ready"]) {
    setCondition(draft, { type, status: "True", reason: "Succeeded", message });
  }
  finish(cluster, draft);
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
    // The controller wraps the same words twice.
    const message = `${failed}: ${failed}: secrets "${name}" not found`;
    throw new SourceFailure("AuthenticationFailed", message);
  }
  const data = (secret["data"] ?? {}) as Record<string, string>;
  const read = (field: string) => Buffer.from(data[field] ?? "", "base64").toString("utf8");
  if (data["bearerToken"]) return `Bearer ${read("bearerToken")}`;
  const pair = `${read("username")}:${read("password")}`;
  return `Basic ${Buffer.from(pair).toString("base64")}`;
}
