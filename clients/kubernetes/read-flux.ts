import type { FluxObject } from "../../core/flux/flux-object.ts";
import { fluxKinds } from "../../core/flux/kinds/flux-kinds.ts";
import { parseFluxObject } from "../../core/flux/parse-flux-object.ts";
import type { Json } from "../../core/flux/read-json.ts";
import type { Kubernetes } from "./connect.ts";
import { isAbsent, isForbidden } from "./failure.ts";
import { listServed } from "./list-served.ts";

/** Each kind of Flux: paths of Flux 2.9's stored version first, then of older ones. */
const watchedKinds = Object.values(fluxKinds).map(
  ({ group, versions, kind, resource, role, optional }) => ({
    ...{ apiVersion: `${group}/${versions[0]}`, kind, role, optional },
    paths: versions.map((version) => `/apis/${group}/${version}/${resource}`),
  }),
);

/** The same, where only some namespaces may be looked at: each kind once in each of them. */
export function kindsIn(namespaces: readonly string[] | undefined): typeof watchedKinds {
  if (namespaces === undefined) return watchedKinds;
  return watchedKinds.flatMap((each) =>
    namespaces.map((namespace) => ({
      ...each,
      paths: each.paths.map((path) => path.replace(/\/([^/]+)$/, `/namespaces/${namespace}/$1`)),
    })),
  );
}

/** All objects of Flux in a cluster, listed just now. @throws HttpError */
export async function readFlux(
  kubernetes: Kubernetes,
  namespaces?: readonly string[],
): Promise<readonly FluxObject[]> {
  const lists = await Promise.all(
    kindsIn(namespaces).map(async ({ apiVersion, kind, ...each }) => {
      const items = await listItemsOf(kubernetes, each);
      return items.flatMap((item) => parseFluxObject({ ...item, apiVersion, kind }) ?? []);
    }),
  );
  return lists.flat();
}

/** Objects of one kind; none of a kind that is not installed, or that older rights do not know. */
async function listItemsOf(
  kubernetes: Kubernetes,
  { paths, optional }: { readonly paths: readonly string[]; readonly optional: boolean },
): Promise<readonly Json[]> {
  try {
    return (await listServed(kubernetes, paths)).items;
  } catch (error) {
    if (isAbsent(error) || (optional && isForbidden(error))) return [];
    throw error;
  }
}
