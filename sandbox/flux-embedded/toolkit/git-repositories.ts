// source-controller's GitRepository (v1.9), by its conditions, reasons and messages.
import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { objectKey, timestamp, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { parseDuration } from "./durations.ts";
import {
  GitFailure,
  readRemoteRevision,
  storeArtifact,
  type GitReference,
  type GitRemote,
} from "./git-source.ts";
import { markStored, reconcileSource, type SourceKind } from "./reconcile-source.ts";
import {
  artifactFile,
  artifactUrl,
  progress,
  SourceFailure,
  type Artifact,
  type SourceStatus,
} from "./source-progress.ts";
import { dropConditions, finish, persist, setCondition, type Draft } from "./status-draft.ts";

type GitRepositorySpec = {
  readonly url: string;
  readonly interval: string;
  readonly timeout?: string;
  readonly ref?: GitReference;
  readonly secretRef?: { readonly name: string };
  readonly suspend?: boolean;
};

type SourceDraft = Draft<SourceStatus>;

const gitRepositories: SourceKind<SourceStatus> = {
  kind: "GitRepository",
  fetch: fetchSource,
  failureOf: (error) =>
    error instanceof GitFailure
      ? new SourceFailure("GitOperationFailed", error.message)
      : undefined,
  forget: (cluster, object) =>
    rm(remoteDirectory(cluster, object), { recursive: true, force: true }),
};

export function reconcileGitRepository(cluster: Cluster, key: string): Promise<Again> {
  return reconcileSource(cluster, key, gitRepositories);
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
  markStored(draft, "Succeeded", message);
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
