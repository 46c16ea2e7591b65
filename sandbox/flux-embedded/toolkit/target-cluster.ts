// `spec.kubeConfig`: the cluster that a Kustomization acts in. Of the double's kind only those of
// this process can be reached, by the address that the kubeconfig names.
import { parse } from "yaml";
import type { Api } from "../api/admit.ts";
import type { KubeObject } from "../api/kube-object.ts";
import { kindOf, type Cluster } from "../cluster.ts";
import type { KustomizationSpec } from "./kustomization-spec.ts";

const running = new Map<string, Api>();

/** Lets other clusters of this process act in this one; the returned function ends that. */
export function openToOthers(url: string, api: Api): () => void {
  running.set(url, api);
  return () => void running.delete(url);
}

export class TargetFailure extends Error {}

/** The cluster to act in: another one where the spec says so. @throws TargetFailure */
export function targetCluster(cluster: Cluster, { metadata, spec }: KubeObject): Cluster {
  const { secretRef } = (spec as KustomizationSpec).kubeConfig ?? {};
  if (!secretRef) return cluster;
  const { namespace = "" } = metadata;
  const { name, key } = secretRef;
  const fail = (cause: string) =>
    new TargetFailure(`unable to read KubeConfig secret '${namespace}/${name}' error: ${cause}`);
  const kind = kindOf(cluster, "v1", "Secret");
  const secret = cluster.api.store.get({ kind, namespace, name });
  if (!secret) throw fail(`secrets "${name}" not found`);
  const data = (secret["data"] ?? {}) as Readonly<Record<string, string>>;
  const found = data[key ?? "value"] ?? (key === undefined ? data["value.yaml"] : undefined);
  if (found === undefined) {
    throw new TargetFailure(
      `KubeConfig secret '${namespace}/${name}' does not contain a 'value' key with data`,
    );
  }
  const { clusters = [] } = parse(Buffer.from(found, "base64").toString("utf8")) as {
    readonly clusters?: readonly { readonly cluster: { readonly server: string } }[];
  };
  const server = clusters[0]?.cluster.server ?? "";
  const api = running.get(server);
  if (api) return { ...cluster, api };
  throw new TargetFailure(`Get "${server}/api": dial tcp: connect: connection refused`);
}
