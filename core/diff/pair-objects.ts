import { identityKey } from "../manifests/identity.ts";
import type { FoundObject } from "./read-objects.ts";

export type Pair = { readonly before: FoundObject; readonly after: FoundObject };

export type PairedObjects = {
  readonly kept: readonly Pair[];
  readonly gone: readonly FoundObject[];
  readonly fresh: readonly FoundObject[];
  /** Objects that have the identity of another one, which Flux refuses. */
  readonly repeated: readonly { readonly one: FoundObject; readonly first: FoundObject }[];
};

/** The objects of both sides that are one, by identity; of repeated ones those in the same file. */
export function pairObjects(
  before: readonly FoundObject[],
  after: readonly FoundObject[],
): PairedObjects {
  const [old, next] = [byKey(before), byKey(after)];
  const kept: Pair[] = [];
  const gone: FoundObject[] = [];
  const fresh: FoundObject[] = [];
  const repeated: { one: FoundObject; first: FoundObject }[] = [];
  for (const [key, [first, ...others]] of next) {
    if (first !== undefined) repeated.push(...others.map((one) => ({ one, first })));
    const was = [...(old.get(key) ?? [])];
    const pairs = [first, ...others].flatMap((one) => one ?? []);
    for (const one of pairs.filter(({ file }) => was.some((each) => each.file === file))) {
      const [same] = was.splice(
        was.findIndex(({ file }) => file === one.file),
        1,
      );
      if (same === undefined) continue;
      kept.push({ before: same, after: one });
      pairs.splice(pairs.indexOf(one), 1);
    }
    const [only, other] = [pairs[0], was[0]];
    if (only === undefined) continue;
    if (other !== undefined) kept.push({ before: other, after: only });
    else if (!old.has(key)) fresh.push(only);
  }
  for (const [key, [first]] of old) if (first && !next.has(key)) gone.push(first);
  return { kept, gone, fresh, repeated };
}

function byKey(objects: readonly FoundObject[]): ReadonlyMap<string, readonly FoundObject[]> {
  const found = new Map<string, FoundObject[]>();
  for (const one of objects) {
    const key = identityKey(one.identity);
    const all = found.get(key);
    if (all === undefined) found.set(key, [one]);
    else all.push(one);
  }
  return found;
}
