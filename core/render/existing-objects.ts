import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord, parseManifests, parseYaml } from "../manifests/parse.ts";
import { scopeFinder } from "../manifests/scope.ts";

type File = { readonly path: string; readonly text: string };

export type PlacedObject = { readonly path: string; readonly object: KubernetesObject };

/** Keys of a kustomization that change nothing of what its resources say. */
const harmlessKeys = new Set([
  "apiVersion",
  "kind",
  "metadata",
  "resources",
  "components",
  "namespace",
]);

/**
 * The objects of files as Flux applies them: a kustomization in a folder above may give them
 * another namespace. What else it may do to them: {@link otherChanges}.
 */
export function existingObjects(
  files: readonly File[],
  kustomizations: readonly File[] = files,
): readonly PlacedObject[] {
  const namespaces = new Map(
    kustomizations.filter(isKustomization).flatMap(({ path, text }) => {
      const namespace = valuesOf(text)["namespace"];
      return typeof namespace === "string" ? [[folderOf(path), namespace] as const] : [];
    }),
  );
  const placed = files
    .filter((file) => /\.(ya?ml|json)$/.test(file.path) && !isKustomization(file))
    .flatMap(({ path, text }) =>
      parseManifests(text, path, { exactIntegers: true }).documents.map(({ object }) => ({
        path,
        object,
      })),
    );
  if (namespaces.size === 0) return placed;
  const scopeOf = scopeFinder(placed.map(({ object }) => object));
  return placed.map(({ path, object }) => {
    const namespace = outermost(path, namespaces);
    const isClusters = scopeOf({ ...groupOf(object), kind: object.kind }) === "cluster";
    return namespace === undefined || isClusters
      ? { path, object }
      : { path, object: { ...object, metadata: { ...object.metadata, namespace } } };
  });
}

/** Keys of a kustomization by which more than the namespace of its resources may change. */
export function otherChanges(text: string): readonly string[] {
  return Object.keys(valuesOf(text)).filter((key) => !harmlessKeys.has(key));
}

/** What a kustomization lists. */
export function listedResources(text: string): readonly string[] {
  const { resources } = valuesOf(text);
  return Array.isArray(resources) ? resources.filter((each) => typeof each === "string") : [];
}

/** Whether kustomize takes a file for a kustomization. */
export function isKustomization({ path }: Pick<File, "path">): boolean {
  return /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path);
}

function valuesOf(text: string): Readonly<Record<string, unknown>> {
  const value = parseYaml(text, "").documents[0]?.value;
  return isRecord(value) ? value : {};
}

// The outermost kustomization is the last to say.
function outermost(path: string, namespaces: ReadonlyMap<string, string>): string | undefined {
  const parts = path.split("/").slice(0, -1);
  const folders = ["", ...parts.map((_, index) => parts.slice(0, index + 1).join("/"))];
  return folders.map((folder) => namespaces.get(folder)).find((each) => each !== undefined);
}

function groupOf({ apiVersion }: KubernetesObject): { readonly group: string } {
  return { group: apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "" };
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}
