import type { Problem } from "../errors.ts";
import {
  type Identity,
  identityKey,
  identityOf,
  type KubernetesObject,
} from "../manifests/identity.ts";
import { parseManifests } from "../manifests/parse.ts";

export type ManifestFile = { readonly path: string; readonly text: string };

export type FoundObject = {
  readonly identity: Identity;
  readonly object: KubernetesObject;
  readonly file: string;
};

export type ReadObjects = {
  /** By `identityKey`. */
  readonly objects: ReadonlyMap<string, FoundObject>;
  readonly problems: readonly Problem[];
};

/**
 * Whether a changed file may hold objects that Flux applies; the others are listed by name only.
 * High-level results are for readers: Flux applies nothing below their folder (design 4.2).
 */
export function holdsObjects(path: string): boolean {
  if (/^\/?high-level\//.test(path)) return false;
  const [name = "", folder] = path.split("/").reverse();
  if (folder === ".fluxgate" || /^kustomization(\.ya?ml)?$/i.test(name)) return false;
  return /\.(ya?ml|json)$/i.test(name);
}

/** The objects of one side's files; the first of two with the same identity counts. */
export function readObjects(files: readonly ManifestFile[]): ReadObjects {
  const objects = new Map<string, FoundObject>();
  const problems: Problem[] = [];
  for (const { path, text } of files) {
    const parsed = parseManifests(text, path, { as: "flux" });
    problems.push(...parsed.problems);
    for (const { object, line } of parsed.documents) {
      const identity = identityOf(object);
      const key = identityKey(identity);
      const first = objects.get(key);
      if (first === undefined) objects.set(key, { identity, object, file: path });
      else problems.push({ file: path, line, message: `${key} is also in ${first.file}` });
    }
  }
  return { objects, problems };
}
