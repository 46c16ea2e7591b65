import { identityKey, identityOf } from "../manifests/identity.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { parseManifests } from "../manifests/parse.ts";
import { manifestsIn } from "./manifests-in.ts";
import { differentFields } from "./different-fields.ts";

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

/** Compares what two sets of files mean: the order of keys, comments and layout do not count. */
export function objectChanges(before: Files, after: Files): ObjectChanges {
  const [old, current] = [placed(before), placed(after)];
  const both = [...current].flatMap(([key, next]) => {
    const previous = old.get(key);
    return previous ? [{ key, previous, next }] : [];
  });
  const changed = both.flatMap(({ key, previous, next }) => {
    const fields = differentFields(previous.object, next.object).map((field) =>
      field.text(next.object.kind !== "Secret"),
    );
    return fields.length > 0 ? [{ object: key, fields }] : [];
  });
  return {
    added: [...current.keys()].filter((key) => !old.has(key)).sort(),
    removed: [...old.keys()].filter((key) => !current.has(key)).sort(),
    changed,
    unchanged: both.length - changed.length,
    moved: both.filter(({ previous, next }) => previous.path !== next.path).length,
  };
}

type Placed = { readonly object: KubernetesObject; readonly path: string };

function placed(files: Files): ReadonlyMap<string, Placed> {
  const found = new Map<string, Placed>();
  for (const { path, text } of manifestsIn(files)) {
    for (const { object } of parseManifests(text, path, { exactIntegers: true }).documents) {
      found.set(identityKey(identityOf(object)), { object, path });
    }
  }
  return found;
}
