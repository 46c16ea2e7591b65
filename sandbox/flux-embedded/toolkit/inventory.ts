import { splitApiVersion } from "../api/kinds.ts";
import type { KubeObject } from "../api/kube-object.ts";

export type Inventory = {
  readonly entries: readonly { readonly id: string; readonly v: string }[];
};

export type Reference = {
  readonly namespace: string;
  readonly name: string;
  readonly group: string;
  readonly kind: string;
};

/** `<namespace>_<name>_<group>_<Kind>`; colons of RBAC names become two underscores. */
export function inventoryEntry({ apiVersion, kind, metadata }: KubeObject) {
  const { group, version } = splitApiVersion(apiVersion);
  const name = metadata.name.replaceAll(":", "__");
  return { id: `${metadata.namespace ?? ""}_${name}_${group}_${kind}`, v: version };
}

export function parseEntry(id: string): Reference {
  const [, namespace = "", name = "", group = "", kind = ""] =
    /^([^_]*)_(.+)_([^_]*)_([^_]+)$/.exec(id) ?? [];
  return { namespace, name: name.replaceAll("__", ":"), group, kind };
}

/** `Deployment/shop/api`, or `Namespace/shop`, as messages name an object. */
export function shortName({ kind, metadata }: KubeObject): string {
  return [kind, metadata.namespace, metadata.name].filter(Boolean).join("/");
}
