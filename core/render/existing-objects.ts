import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord, parseManifests, parseYaml } from "../manifests/parse.ts";
import { scopeFinder } from "../manifests/scope.ts";
import { kustomizationTree } from "./kustomization-tree.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

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
 * The objects of files as Flux applies them: a kustomization that they get into may give them
 * another namespace, and several that do so several. What else it may do: {@link otherChanges}.
 */
export function existingObjects(
  files: readonly File[],
  kustomizations: readonly File[] = files,
): readonly PlacedObject[] {
  const placed = files
    .filter((file) => /\.(ya?ml|json)$/.test(file.path) && !isKustomizationPath(file.path))
    .flatMap(({ path, text }) =>
      parseManifests(text, path, { exactIntegers: true }).documents.map(({ object }) => ({
        path,
        object,
      })),
    );
  if (placed.length === 0) return [];
  const tree = kustomizationTree(kustomizations);
  const scopeOf = scopeFinder(placed.map(({ object }) => object));
  return placed.flatMap(({ path, object }) => {
    const isClusters = scopeOf({ ...groupOf(object), kind: object.kind }) === "cluster";
    return tree.namespacesOf(path).map((namespace) => ({
      path,
      object: {
        ...object,
        metadata: isClusters ? inCluster(object, namespace) : inNamespace(object, namespace),
      },
    }));
  });
}

function inNamespace({ metadata }: KubernetesObject, namespace: string | undefined) {
  return namespace === undefined ? metadata : { ...metadata, namespace };
}

// kustomize writes a namespace there too, which means nothing, and names a Namespace after it.
function inCluster({ kind, metadata }: KubernetesObject, namespace: string | undefined) {
  const rest = Object.entries(metadata).filter(([key]) => key !== "namespace");
  const isRenamed = kind === "Namespace" && namespace !== undefined;
  return { ...Object.fromEntries(rest), name: isRenamed ? namespace : metadata.name };
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

function valuesOf(text: string): Readonly<Record<string, unknown>> {
  const value = parseYaml(text, "").documents[0]?.value;
  return isRecord(value) ? value : {};
}

function groupOf({ apiVersion }: KubernetesObject): { readonly group: string } {
  return { group: apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "" };
}
