import type { Identity } from "../../core/manifests/identity.ts";
import type { Kubernetes } from "./connect.ts";
import { readResources, resourcesByKind, type Resource } from "./served.ts";

export type Found = {
  readonly path: string;
  /** Its definition has a status, which its controller should write. */
  readonly hasStatus: boolean;
};

export type FindPath = (identity: Identity) => Promise<Found | undefined>;

/** Finds the API path of any object by asking the server once for each group and version. */
export function pathFinder(kubernetes: Kubernetes): FindPath {
  const known = new Map<string, Promise<ReadonlyMap<string, Resource>>>();
  return async (identity) => {
    const { group, version, kind, namespace, name } = identity;
    const base = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
    let resources = known.get(base);
    if (!resources) {
      resources = readResources(kubernetes, base).then(resourcesByKind);
      known.set(base, resources);
      // A failed answer is not remembered.
      resources.catch(() => known.delete(base));
    }
    const found = (await resources).get(kind);
    if (!found) {
      // The kind may be installed later.
      known.delete(base);
      return undefined;
    }
    const folder = found.namespaced ? `/namespaces/${encodeURIComponent(namespace)}` : "";
    const path = `${base}${folder}/${found.plural}/${encodeURIComponent(name)}`;
    return { path, hasStatus: found.hasStatus };
  };
}
