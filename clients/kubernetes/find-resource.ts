import { HttpError } from "../../core/errors.ts";
import { flagAt, objectsAt, textAt } from "../../core/flux/read-json.ts";
import type { Identity } from "../../core/manifests/identity.ts";
import type { Kubernetes } from "./connect.ts";

type Resource = {
  readonly plural: string;
  readonly namespaced: boolean;
  readonly hasStatus: boolean;
};

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
      resources = readResourcesOf(kubernetes, base);
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

async function readResourcesOf(
  kubernetes: Kubernetes,
  base: string,
): Promise<ReadonlyMap<string, Resource>> {
  let answer: unknown;
  try {
    answer = await kubernetes.call(base);
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return new Map();
    throw error;
  }
  const resources = objectsAt(answer, "resources");
  const names = new Set(resources.map((entry) => textAt(entry, "name")));
  return new Map(
    resources.flatMap((entry) => {
      const plural = textAt(entry, "name") ?? "";
      const kind = textAt(entry, "kind");
      if (kind === undefined || plural.includes("/")) return [];
      const hasStatus = names.has(`${plural}/status`);
      return [[kind, { plural, namespaced: flagAt(entry, "namespaced"), hasStatus }] as const];
    }),
  );
}
