import { identityKey, identityOf } from "../manifests/identity.ts";
import { differentFields } from "./different-fields.ts";
import { existingObjects } from "./existing-objects.ts";
import type { PlacedObject } from "./existing-objects.ts";

/** Manifests before or after a change. */
type Files = readonly { readonly path: string; readonly text: string }[];

export type ObjectChanges = {
  /** Keys of objects, sorted. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly { readonly object: string; readonly fields: readonly string[] }[];
  readonly unchanged: number;
  /** Objects that lie in another file than before. */
  readonly moved: number;
};

/**
 * Compares what two sets of files mean: the order of keys, comments and layout do not count, and a
 * namespace that one of the `kustomizations` above gives does.
 */
export function objectChanges(
  before: Files,
  after: Files,
  kustomizations: { readonly before: Files; readonly after: Files },
): ObjectChanges {
  const old = placed(before, kustomizations.before);
  const current = placed(after, kustomizations.after);
  const both = [...current].flatMap(([key, next]) => {
    // A file may have left the namespace to Flux or to a kustomization.
    const unnamed = identityKey({ ...identityOf(next.object), namespace: "" });
    const [oldKey = key] = [key, unnamed].filter((each) => old.has(each));
    const previous = old.get(oldKey);
    return previous ? [{ key, oldKey, previous, next }] : [];
  });
  const matched = new Set(both.flatMap(({ key, oldKey }) => [key, oldKey]));
  const changed = both.flatMap(({ key, previous, next }) => {
    const fields = differentFields(previous.object, next.object).map((field) =>
      field.text(next.object.kind !== "Secret"),
    );
    return fields.length > 0 ? [{ object: key, fields }] : [];
  });
  return {
    added: [...current.keys()].filter((key) => !matched.has(key)).sort(),
    removed: [...old.keys()].filter((key) => !matched.has(key)).sort(),
    changed,
    unchanged: both.length - changed.length,
    moved: both.filter(({ previous, next }) => previous.path !== next.path).length,
  };
}

function placed(files: Files, kustomizations: Files): ReadonlyMap<string, PlacedObject> {
  return new Map(
    existingObjects(files, kustomizations).map((each) => [
      identityKey(identityOf(each.object)),
      each,
    ]),
  );
}
