// A 404 is "not there" only where what is around it was read and does not have it (design.md 4.6).
import type { HttpError } from "../../core/errors.ts";
import { flagAt, objectsAt, textAt, type Json } from "../../core/flux/read-json.ts";
import type { Kubernetes } from "./connect.ts";
import { isAbsent } from "./failure.ts";
import { oddDocument } from "./odd-document.ts";

/**
 * The resources of `/apis/<group>/<version>`; none where the server surely has no such version.
 * @throws HttpError while that is not known
 */
export async function readResources(
  kubernetes: Kubernetes,
  base: string,
): Promise<readonly Json[]> {
  let answer: unknown;
  try {
    answer = await kubernetes.call(base);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    if (await hasVersion(kubernetes, base)) throw contradiction(kubernetes, base);
    return [];
  }
  const found = objectsAt(answer, "resources");
  // Every version has some.
  if (found.length === 0) throw oddDocument(kubernetes.server, base, "no list of resources");
  return found;
}

/** Has the server the resource that this path lists? @throws HttpError while that is not known */
export async function askWhetherServed(kubernetes: Kubernetes, path: string): Promise<boolean> {
  const { base, resource } = partsOf(path);
  return hasResource(await readResources(kubernetes, base), resource);
}

/** Of a path that lists: its version's, and its last part. */
export function partsOf(path: string): { readonly base: string; readonly resource: string } {
  const [, base = "", resource = ""] =
    /^(\/apis\/[^/]+\/[^/]+|\/api\/[^/]+)(?:\/namespaces\/[^/]+)?\/([^/?]+)$/.exec(path) ?? [];
  return { base, resource };
}

export function hasResource(resources: readonly Json[], name: string): boolean {
  return resources.some((one) => textAt(one, "name") === name);
}

async function hasVersion(kubernetes: Kubernetes, base: string): Promise<boolean> {
  // The core group is always there.
  return !base.startsWith("/apis/") || (await readVersions(kubernetes)).has(base);
}

/** `/apis/<group>/<version>` of all that the server has. @throws HttpError while that is not known */
export async function readVersions(kubernetes: Kubernetes): Promise<ReadonlySet<string>> {
  const answer = await kubernetes.call("/apis").catch((error: unknown) => {
    // It is the root: that it is not there proves nothing of what is below.
    throw isAbsent(error) ? contradiction(kubernetes, "/apis") : error;
  });
  const groups = objectsAt(answer, "groups");
  if (groups.length === 0) throw oddDocument(kubernetes.server, "/apis", "no list of groups");
  const versions = groups.flatMap((group) => objectsAt(group, "versions"));
  return new Set(versions.map((version) => `/apis/${textAt(version, "groupVersion")}`));
}

/** Another answer says that it is there. */
export function contradiction({ server }: Pick<Kubernetes, "server">, path: string): HttpError {
  return oddDocument(server, path, "404, and has it");
}

export type Resource = {
  readonly plural: string;
  readonly namespaced: boolean;
  readonly hasStatus: boolean;
};

/** By their kinds. */
export function resourcesByKind(resources: readonly Json[]): ReadonlyMap<string, Resource> {
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
