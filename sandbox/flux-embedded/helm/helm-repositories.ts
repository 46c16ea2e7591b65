// source-controller's HelmRepository (v1.9): the index of a chart repository over HTTP. One of a
// registry (`type: oci`) is static: nothing is fetched for it, and its status stays empty.
import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parse } from "yaml";
import { isRecord, timestamp } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { parseDuration } from "../toolkit/durations.ts";
import { fluxObject } from "../toolkit/flux-object.ts";
import { markStored, reconcileSource } from "../toolkit/reconcile-source.ts";
import {
  artifactFile,
  artifactUrl,
  progress,
  SourceFailure,
  sourceVersion,
  type SourceStatus,
} from "../toolkit/source-progress.ts";
import {
  dropConditions,
  finish,
  persist,
  setCondition,
  type Draft,
} from "../toolkit/status-draft.ts";

export type HelmRepositorySpec = {
  readonly url: string;
  readonly type?: "default" | "oci";
  readonly timeout?: string;
};

export async function reconcileHelmRepository(cluster: Cluster, key: string): Promise<Again> {
  const at = { apiVersion: sourceVersion, kind: "HelmRepository", key };
  const spec = fluxObject(cluster, at)?.spec as HelmRepositorySpec | undefined;
  if (spec?.type === "oci") return undefined;
  return reconcileSource<SourceStatus>(cluster, key, { kind: "HelmRepository", fetch });
}

async function fetch(cluster: Cluster, draft: Draft<SourceStatus>): Promise<void> {
  const { object, status } = draft;
  const spec = object.spec as HelmRepositorySpec;
  const { artifact: known } = status;
  const index = await readIndex(cluster, spec);
  const revision = `sha256:${createHash("sha256").update(index).digest("hex")}`;
  dropConditions(draft, "FetchFailed");
  if (known?.revision === revision) return succeed(cluster, draft, known);
  const message = `new index revision '${revision}'`;
  if (known) {
    setCondition(draft, {
      type: "ArtifactOutdated",
      status: "True",
      reason: "NewRevision",
      message,
    });
  }
  progress(draft, `building artifact: ${message}`, { drift: true });
  persist(cluster, draft);
  const { namespace, name } = object.metadata;
  const path = `helmrepository/${namespace}/${name}/index-${revision.slice("sha256:".length)}.yaml`;
  const file = artifactFile(cluster, { path });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, index);
  succeed(cluster, draft, {
    ...{ digest: revision, path, revision, size: Buffer.byteLength(index) },
    url: artifactUrl(path),
    lastUpdateTime: timestamp(),
  });
  if (known && known.path !== path) await rm(artifactFile(cluster, known), { force: true });
  cluster.record({
    ...{ object, type: "Normal", reason: "NewArtifact", controller: "source-controller" },
    message: `stored fetched index of size ${Buffer.byteLength(index)} B from '${spec.url}'`,
    metadata: { revision, digest: revision },
  });
}

async function readIndex(cluster: Cluster, { url, timeout }: HelmRepositorySpec): Promise<string> {
  const fail = (cause: string, reason = "Failed") =>
    new SourceFailure(reason, `failed to fetch Helm repository index: ${cause}`);
  const address = `${url.replace(/\/+$/, "")}/index.yaml`;
  const signal = AbortSignal.any([
    AbortSignal.timeout(parseDuration(timeout) ?? 60_000),
    cluster.signal,
  ]);
  const response = await globalThis.fetch(address, { signal }).catch((error: unknown) => {
    throw fail(error instanceof Error ? error.message : String(error));
  });
  if (!response.ok) {
    const { status, statusText } = response;
    throw fail(
      `failed to cache index to temporary file: failed to fetch ${address} : ${status} ${statusText}`,
    );
  }
  const text = await response.text();
  const index: unknown = parse(text);
  if (isRecord(index) && isRecord(index["entries"])) return text;
  const message = "failed to load Helm repository from index YAML: no API version specified";
  throw new SourceFailure("IndexationFailed", message);
}

function succeed(
  cluster: Cluster,
  draft: Draft<SourceStatus>,
  artifact: NonNullable<SourceStatus["artifact"]>,
): void {
  draft.status = { ...draft.status, artifact };
  markStored(draft, "Succeeded", `stored artifact: revision '${artifact.revision}'`);
  finish(cluster, draft);
}
