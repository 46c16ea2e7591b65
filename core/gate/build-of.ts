import { canonical } from "../diff/values.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { parseFluxObject } from "../flux/parse-flux-object.ts";
import { parseManifests } from "../manifests/parse.ts";

/** What a Flux Kustomization builds, and from where: equal texts build the same of the same files. */
export type BuildOf = { readonly key: string; readonly text: string };

/** The same of an object of a manifest; undefined for what is none. */
export function buildOf(object: unknown): BuildOf | undefined {
  const parsed = parseFluxObject(object);
  if (parsed?.kind !== "Kustomization") return undefined;
  return { key: fluxKey(parsed), text: canonical([parsed.buildSpec, parsed.source]) };
}

/** Keys of the Kustomizations of a file that build as they did before, whatever else changed. */
export function sameBuilds(before: string, after: string, path: string): readonly string[] {
  const buildsIn = (text: string) =>
    parseManifests(text, path).documents.flatMap(({ object }) => buildOf(object) ?? []);
  const old = new Map(buildsIn(before).map(({ key, text }) => [key, text]));
  return buildsIn(after).flatMap(({ key, text }) => (old.get(key) === text ? [key] : []));
}
