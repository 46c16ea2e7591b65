import type { Problem } from "../errors.ts";
import { type Identity, identityOf, type KubernetesObject } from "../manifests/identity.ts";
import { isRecord, type ParsedManifests, parseManifests } from "../manifests/parse.ts";
import { scopeFinder } from "../manifests/scope.ts";
import { inNamespace } from "./in-namespace.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

export type ManifestFile = { readonly path: string; readonly text: string };

export type FoundObject = {
  readonly identity: Identity;
  readonly object: KubernetesObject;
  readonly file: string;
  /** Absent for what a build made. */
  readonly line?: number;
};

export type ReadObjects = {
  readonly objects: readonly FoundObject[];
  /** What could not be read, by file. */
  readonly problems: readonly Problem[];
  /** Files whose objects are not known though nothing is wrong in them: their build was refused. */
  readonly unread?: readonly string[];
};

/** What was parsed of a text: the same on both sides is parsed once. */
export type Parsed = Map<string, ParsedManifests>;

/**
 * Whether a changed file may hold objects that Flux applies; the others are listed by name only.
 * High-level results are for readers: Flux applies nothing below their folder (design 4.2).
 */
export function holdsObjects(path: string): boolean {
  if (/^\/?high-level\//.test(path)) return false;
  const [name = "", folder] = path.split("/").reverse();
  if (folder === ".fluxgate" || isKustomizationPath(name.toLowerCase())) return false;
  return /\.(ya?ml|json)$/i.test(name);
}

/** The objects of one side's files, in the namespaces that kustomizations give them. */
export function readObjects(
  files: readonly (ManifestFile & { readonly namespace?: string | undefined })[],
  parsed: Parsed = new Map(),
): ReadObjects {
  const problems: Problem[] = [];
  const found = files.flatMap(({ path, text, namespace }) => {
    const known = parsed.get(text) ?? parseManifests(text, path, { as: "flux" });
    parsed.set(text, known);
    problems.push(...known.problems.map((problem) => ({ ...problem, file: path })));
    return known.documents
      .filter(({ object }) => !isLocal(object))
      .map(({ object, line }) => ({ object, line, file: path, namespace }));
  });
  const scopeOf = scopeFinder(found.map(({ object }) => object));
  const objects = found.map(({ object, line, file, namespace }) => {
    const placed = namespace === undefined ? object : inNamespace(object, namespace, scopeOf);
    return { identity: identityOf(placed), object: placed, file, line };
  });
  return { objects, problems };
}

// kustomize leaves out what is for its own functions only, and Flux deletes what becomes so.
function isLocal({ metadata }: KubernetesObject): boolean {
  const { annotations } = metadata;
  const mark = isRecord(annotations) ? annotations["config.kubernetes.io/local-config"] : undefined;
  return mark !== undefined && mark !== "false";
}
