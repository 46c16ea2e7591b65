// Two environments often differ by a namespace that bears their name. Object by object nothing would
// be in both of them, and nobody would see what really differs.
import type { KubernetesObject } from "../manifests/identity.ts";
import { diffObjects } from "./diff-manifests.ts";
import type { ObjectChange } from "./object-change.ts";

/** Objects that are the same but for their namespace were compared with each other. */
export type PairedNamespaces = {
  readonly from: string;
  readonly to: string;
  readonly objects: number;
  /** Those of them that differ in nothing else. */
  readonly equal: number;
};

type Whole = ObjectChange & { readonly object: KubernetesObject };

/**
 * Puts a removed and an added object together where each is the only one of its kind and name on its
 * side. Secrets stay apart: their values are masked here, so that nobody could say they are equal.
 */
export function pairNamespaces(objects: readonly ObjectChange[]): {
  readonly objects: readonly ObjectChange[];
  readonly namespaces: readonly PairedNamespaces[];
} {
  const [gone, fresh] = [onlyOnes(objects, "removed"), onlyOnes(objects, "added")];
  const paired = new Set<ObjectChange>();
  const changed: ObjectChange[] = [];
  const namespaces = new Map<string, PairedNamespaces>();
  for (const [key, before] of gone) {
    const after = fresh.get(key);
    const [from, to] = [before?.identity.namespace, after?.identity.namespace];
    if (!before || !after || !from || !to || from === to) continue;
    const found = differing(before, after);
    paired.add(before.source).add(after.source);
    changed.push(...found.map((one) => ({ ...one, renamedFrom: `${from}/${one.identity.name}` })));
    const place = JSON.stringify([from, to]);
    const known = namespaces.get(place) ?? { from, to, objects: 0, equal: 0 };
    namespaces.set(place, {
      ...known,
      objects: known.objects + 1,
      equal: known.equal + (found.length === 0 ? 1 : 0),
    });
  }
  const rest = objects.filter((one) => !paired.has(one));
  return { objects: [...rest, ...changed], namespaces: [...namespaces.values()] };
}

type One = Whole & { readonly source: ObjectChange };

function onlyOnes(
  objects: readonly ObjectChange[],
  change: "added" | "removed",
): ReadonlyMap<string, One | undefined> {
  const found = new Map<string, One | undefined>();
  for (const source of objects) {
    const object = change === "added" ? source.after : source.before;
    const { group, kind, name } = source.identity;
    if (source.change !== change || object === undefined || kind === "Secret") continue;
    const key = JSON.stringify([group, kind, name]);
    found.set(key, found.has(key) ? undefined : { ...source, object, source });
  }
  return found;
}

function differing(before: One, after: One): readonly ObjectChange[] {
  const { namespace } = after.identity;
  const moved = {
    identity: { ...before.identity, namespace },
    object: { ...before.object, metadata: { ...before.object.metadata, namespace } },
    file: before.file,
  };
  const side = (object: Pick<One, "identity" | "object" | "file">) => ({
    objects: [object],
    problems: [],
  });
  return diffObjects(side(moved), side(after)).objects;
}
