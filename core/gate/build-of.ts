import { canonical } from "../diff/values.ts";
import { fluxKey } from "../flux/flux-object.ts";
import { parseFluxObject } from "../flux/parse-flux-object.ts";
import { objectAt, type Json } from "../flux/read-json.ts";
import { parseManifests } from "../manifests/parse.ts";
import type { ChangedFile } from "./gate-input.ts";

/**
 * What a Flux Kustomization builds, and from where: equal texts build the same of the same files. Of a
 * registry, where its charts come from; of another source, what it makes of a revision.
 */
export type BuildOf = {
  readonly key: string;
  readonly text: string;
  /** A source, whose revision stays the same. */
  readonly isSource?: true;
};

/** The same of an object of a manifest; undefined for what is none. */
export function buildOf(object: unknown): BuildOf | undefined {
  const parsed = parseFluxObject(object);
  const spec = objectAt(object, "spec");
  switch (parsed?.kind) {
    case "Kustomization":
      return { key: fluxKey(parsed), text: canonical([parsed.buildSpec, parsed.source]) };
    case "HelmRepository":
      return { key: fluxKey(parsed), text: canonical(placeOf(spec)) };
    case "GitRepository":
    case "OCIRepository":
      return { key: fluxKey(parsed), text: canonical(contentOf(spec)), isSource: true };
    default:
      return undefined;
  }
}

// What makes another artefact of the same revision.
const content = ["ignore", "include", "recurseSubmodules", "sparseCheckout", "layerSelector"];

function contentOf(spec: Json): Json {
  return Object.fromEntries(Object.entries(spec).filter(([key]) => content.includes(key)));
}

// How often, how long and by whom it is asked is none of it.
function placeOf(spec: Json): Json {
  const aside = new Set(["interval", "timeout", "suspend", "accessFrom"]);
  return Object.fromEntries(Object.entries(spec).filter(([key]) => !aside.has(key)));
}

/**
 * What of a file's Kustomizations and sources is as it was before, whatever else changed: their keys, and
 * those of sources that make another artefact of a revision.
 */
export function buildsSince(
  before: string,
  after: string,
  path: string,
): Pick<ChangedFile, "otherArtefacts" | "sameBuilds"> {
  const buildsIn = (text: string) =>
    parseManifests(text, path).documents.flatMap(({ object }) => buildOf(object) ?? []);
  return compareBuildsOf(buildsIn(before), buildsIn(after));
}

/** The same of two lists. */
export function compareBuildsOf(
  before: readonly BuildOf[],
  after: readonly BuildOf[],
): { readonly sameBuilds: readonly string[]; readonly otherArtefacts: readonly string[] } {
  const old = new Map(before.map(({ key, text }) => [key, text]));
  const isOther = ({ key, text, isSource }: BuildOf) =>
    isSource === true && old.has(key) && old.get(key) !== text;
  return {
    sameBuilds: after.flatMap(({ key, text }) => (old.get(key) === text ? [key] : [])),
    otherArtefacts: after.filter(isOther).map(({ key }) => key),
  };
}
