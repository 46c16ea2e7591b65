// Helm's own storage: one Secret a version of a release, which `helm list` and `helm history` read.
import { gunzipSync, gzipSync } from "node:zlib";
import { parseAllDocuments, stringify } from "yaml";
import { createObject, deleteObject, updateObject } from "../api/admit.ts";
import type { KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { ReleaseName } from "./helm-release-spec.ts";
import type { Values } from "./release-values.ts";

export type StoredRelease = {
  readonly name: string;
  readonly namespace: string;
  readonly version: number;
  readonly status: "deployed" | "failed" | "superseded";
  readonly description: string;
  readonly chart: { readonly name: string; readonly version: string; readonly appVersion?: string };
  readonly config: Values;
  readonly objects: readonly KubeObject[];
  readonly hooks: readonly KubeObject[];
  readonly firstDeployed: string;
  readonly lastDeployed: string;
};

/** Versions of a release, newest first. */
export function storedReleases(
  cluster: Cluster,
  { name, storageNamespace }: ReleaseName,
): StoredRelease[] {
  return cluster.api.store
    .list(kindOf(cluster, "v1", "Secret"), storageNamespace)
    .filter(
      ({ metadata }) => metadata.labels?.["owner"] === "helm" && metadata.labels["name"] === name,
    )
    .map(decode)
    .sort((a, b) => b.version - a.version);
}

/** Makes or changes the Secret of one version. */
export function storeRelease(cluster: Cluster, at: ReleaseName, release: StoredRelease): void {
  const { name, version, status } = release;
  const metadata = {
    ...secretAt(at, release),
    labels: { name, owner: "helm", status, version: String(version) },
  };
  const data = { release: Buffer.from(encode(release)).toString("base64") };
  const secret = { apiVersion: "v1", kind: "Secret", type: "helm.sh/release.v1", metadata, data };
  const kind = kindOf(cluster, "v1", "Secret");
  const exists = cluster.api.store.get({ kind, ...metadata });
  if (exists) updateObject(cluster.api, secret);
  else createObject(cluster.api, secret);
}

export function forgetRelease(cluster: Cluster, at: ReleaseName, release: StoredRelease): void {
  const kind = kindOf(cluster, "v1", "Secret");
  if (!cluster.api.store.get({ kind, ...secretAt(at, release) })) return;
  deleteObject(cluster.api, { kind, ...secretAt(at, release) });
}

function secretAt({ storageNamespace }: ReleaseName, { name, version }: StoredRelease) {
  return { name: `sh.helm.release.v1.${name}.v${version}`, namespace: storageNamespace };
}

function encode(release: StoredRelease): string {
  const { name, namespace, version, status, description, chart, config, objects, hooks } = release;
  const text = JSON.stringify({
    ...{ name, namespace, version, config, apply_method: "ssa" },
    info: {
      first_deployed: release.firstDeployed,
      last_deployed: release.lastDeployed,
      ...{ deleted: "", description, status },
    },
    chart: { metadata: { ...chart, apiVersion: "v2" }, templates: [], values: {} },
    manifest: objects.map((object) => `---\n${stringify(object)}`).join(""),
    hooks: hooks.map((hook) => ({
      ...{ name: hook.metadata.name, kind: hook.kind, manifest: stringify(hook), events: [] },
    })),
  });
  return gzipSync(text).toString("base64");
}

function decode({ data }: KubeObject): StoredRelease {
  const encoded = Buffer.from((data as { release: string }).release, "base64").toString("utf8");
  const json = JSON.parse(gunzipSync(Buffer.from(encoded, "base64")).toString("utf8")) as {
    readonly info: Record<"first_deployed" | "last_deployed" | "description", string> & {
      readonly status: StoredRelease["status"];
    };
    readonly chart: { readonly metadata: StoredRelease["chart"] };
    readonly manifest: string;
    readonly hooks: readonly { readonly manifest: string }[];
  } & Pick<StoredRelease, "name" | "namespace" | "version" | "config">;
  const { name, namespace, version, config, info, chart } = json;
  return {
    ...{ name, namespace, version, config },
    ...{ status: info.status, description: info.description, chart: chart.metadata },
    firstDeployed: info.first_deployed,
    lastDeployed: info.last_deployed,
    objects: parseObjects(json.manifest),
    hooks: json.hooks.flatMap(({ manifest }) => parseObjects(manifest)),
  };
}

function parseObjects(text: string): KubeObject[] {
  return parseAllDocuments(text).map((document) => document.toJS() as KubeObject);
}
