// source-controller's OCIRepository (v1.9): an artifact of a registry, by tag or digest.
import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { timestamp, type KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { Again } from "../controller.ts";
import { parseDuration } from "./durations.ts";
import { readLayer, readManifest, type OciReference, type OciRemote } from "./oci-source.ts";
import { markStored, reconcileSource } from "./reconcile-source.ts";
import {
  artifactFile,
  artifactUrl,
  progress,
  SourceFailure,
  type Artifact,
  type SourceStatus,
} from "./source-progress.ts";
import { dropConditions, finish, persist, type Draft } from "./status-draft.ts";

type OciRepositorySpec = {
  readonly url: string;
  readonly interval: string;
  readonly timeout?: string;
  readonly ref?: OciReference;
  readonly insecure?: boolean;
  readonly suspend?: boolean;
  readonly secretRef?: { readonly name: string };
  readonly layerSelector?: { readonly mediaType?: string };
};

const controller = "source-controller";
const origin = "org.opencontainers.image";

export function reconcileOciRepository(cluster: Cluster, key: string): Promise<Again> {
  return reconcileSource<SourceStatus>(cluster, key, { kind: "OCIRepository", fetch: pull });
}

async function pull(cluster: Cluster, draft: Draft<SourceStatus>): Promise<void> {
  const { object, status } = draft;
  const spec = object.spec as OciRepositorySpec;
  const { artifact: known } = status;
  const remote = remoteOf(cluster, object, spec);
  const manifest = await readManifest(remote);
  const { revision, annotations } = manifest;
  dropConditions(draft, "FetchFailed");
  if (known?.revision === revision) return succeed(cluster, draft, known);
  progress(draft, `building artifact: new revision '${revision}' for '${spec.url}'`, {
    drift: true,
  });
  persist(cluster, draft);
  const layer = await readLayer(remote, manifest);
  const { namespace, name } = object.metadata;
  const [, hex = ""] = revision.split("sha256:");
  const path = `ocirepository/${namespace}/${name}/sha256:${hex}.tar.gz`;
  const file = artifactFile(cluster, { path });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, layer);
  const digest = `sha256:${createHash("sha256").update(layer).digest("hex")}`;
  succeed(cluster, draft, {
    ...{ digest, path, revision, size: layer.length, url: artifactUrl(path) },
    lastUpdateTime: timestamp(),
    ...(Object.keys(annotations).length > 0 ? { metadata: annotations } : {}),
  });
  if (known && known.path !== path) await rm(artifactFile(cluster, known), { force: true });
  const from = annotations[`${origin}.source`];
  const made = annotations[`${origin}.revision`];
  const message = [
    `stored artifact with revision '${revision}' from '${spec.url}'`,
    ...(from ? [`origin source '${from}'`] : []),
    ...(made ? [`origin revision '${made}'`] : []),
  ].join(", ");
  const metadata = { revision, digest, ...(made ? { originRevision: made } : {}) };
  cluster.record({ object, type: "Normal", reason: "NewArtifact", message, controller, metadata });
}

function succeed(cluster: Cluster, draft: Draft<SourceStatus>, artifact: Artifact): void {
  const message = `stored artifact for digest '${artifact.revision}'`;
  draft.status = { ...draft.status, artifact };
  markStored(draft, "Succeeded", message);
  finish(cluster, draft);
}

function remoteOf(cluster: Cluster, object: KubeObject, spec: OciRepositorySpec): OciRemote {
  const { url, insecure = false, ref = {}, layerSelector, timeout } = spec;
  const credentials = credentialsOf(cluster, object, spec);
  const limit = AbortSignal.timeout(parseDuration(timeout) ?? 60_000);
  return {
    ...{ url, insecure, reference: ref, layerType: layerSelector?.mediaType },
    ...(credentials === undefined ? {} : { credentials }),
    signal: AbortSignal.any([limit, cluster.signal]),
  };
}

// Of a Secret as `kubectl create secret docker-registry` makes it.
function credentialsOf(
  cluster: Cluster,
  { metadata }: KubeObject,
  { url, secretRef }: OciRepositorySpec,
): string | undefined {
  if (!secretRef) return undefined;
  const { namespace = "" } = metadata;
  const { name } = secretRef;
  const secret = cluster.api.store.get({ kind: kindOf(cluster, "v1", "Secret"), namespace, name });
  if (!secret) {
    const cause = `secrets "${name}" not found`;
    const message = `failed to configure authentication options: ${cause}`;
    throw new SourceFailure("AuthenticationFailed", message);
  }
  const data = (secret["data"] ?? {}) as Readonly<Record<string, string>>;
  const text = Buffer.from(data[".dockerconfigjson"] ?? "", "base64").toString("utf8");
  const { auths = {} } = JSON.parse(text || "{}") as {
    readonly auths?: Readonly<Record<string, { username?: string; password?: string }>>;
  };
  const [host = ""] = url.replace(/^oci:\/\//, "").split("/");
  const found = auths[host];
  return found && `${found.username ?? ""}:${found.password ?? ""}`;
}
