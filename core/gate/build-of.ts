import { canonical } from "../diff/values.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { parseFluxObject } from "../flux/parse-flux-object.ts";
import { objectAt } from "../flux/read-json.ts";
import { parseManifests } from "../manifests/parse.ts";

/**
 * What a Flux Kustomization builds, and from where: equal texts build the same of the same files. Of a
 * HelmRepository, where its charts come from.
 */
export type BuildOf = { readonly key: string; readonly text: string };

/** The same of an object of a manifest; undefined for what is none. */
export function buildOf(object: unknown): BuildOf | undefined {
  const parsed = parseFluxObject(object);
  if (parsed?.kind === "HelmRepository") {
    return { key: fluxKey(parsed), text: canonical(placeOf(objectAt(object, "spec"))) };
  }
  if (parsed?.kind !== "Kustomization") return undefined;
  return { key: fluxKey(parsed), text: canonical([parsed.buildSpec, parsed.source]) };
}

// How often, how long and by whom it is asked is none of it.
function placeOf(spec: unknown): Readonly<Record<string, unknown>> {
  const aside = new Set(["interval", "timeout", "suspend", "accessFrom"]);
  return Object.fromEntries(Object.entries(spec ?? {}).filter(([key]) => !aside.has(key)));
}

/** Keys of the Kustomizations and HelmRepositories of a file that build as they did before, whatever else changed. */
export function sameBuilds(before: string, after: string, path: string): readonly string[] {
  const buildsIn = (text: string) =>
    parseManifests(text, path).documents.flatMap(({ object }) => buildOf(object) ?? []);
  const old = new Map(buildsIn(before).map(({ key, text }) => [key, text]));
  return buildsIn(after).flatMap(({ key, text }) => (old.get(key) === text ? [key] : []));
}
