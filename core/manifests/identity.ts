/** What names one object of a cluster. `group` is empty for the core group, `namespace` for none. */
export type Identity = {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
};

/** A parsed Kubernetes object; only what identifies it is known to be there. */
export type KubernetesObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
};

/** The identity of an object as written: no defaulted namespace. */
export function identityOf(object: KubernetesObject): Identity {
  const [group, version] = splitApiVersion(object.apiVersion);
  return {
    group,
    version,
    kind: object.kind,
    namespace: object.metadata.namespace ?? "",
    name: object.metadata.name,
  };
}

/** `apps/v1` → `["apps", "v1"]`, `v1` → `["", "v1"]`. */
export function splitApiVersion(apiVersion: string): readonly [group: string, version: string] {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? ["", apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)];
}

/**
 * One string for each object of a cluster, readable by people: `Deployment.apps/shop/api`,
 * `Service/shop/api`, `Namespace/shop`. The API version is left out: the same object served in two
 * versions is one object.
 */
export function identityKey({ group, kind, namespace, name }: Identity): string {
  const type = group === "" ? kind : `${kind}.${group}`;
  return namespace === "" ? `${type}/${name}` : `${type}/${namespace}/${name}`;
}
