// kustomize's generators append a hash of the content to the names of ConfigMaps and Secrets
// (kubernetes pkg/util/hash: ten letters out of these).
import type { Pair } from "./pair-objects.ts";
import type { FoundObject } from "./read-objects.ts";

const suffix = /-[2456789bcdfghkmt]{10}$/;

/** `settings-b7t5m4kfhg` → `settings`; other names stay as they are. */
export function withoutSuffix(name: string): string {
  return name.replace(suffix, "");
}

/** Pairs of a removed and an added object that are one with a new suffix. */
export function generatedRenames(
  removed: readonly FoundObject[],
  added: readonly FoundObject[],
): readonly Pair[] {
  const next = byStem(added);
  return [...byStem(removed)].flatMap(([stem, olds]) => {
    const [before, ...others] = olds;
    const [after, ...more] = next.get(stem) ?? [];
    const clear = others.length === 0 && more.length === 0;
    return before !== undefined && after !== undefined && clear ? [{ before, after }] : [];
  });
}

function byStem(objects: readonly FoundObject[]): ReadonlyMap<string, readonly FoundObject[]> {
  const stems = new Map<string, FoundObject[]>();
  for (const found of objects) {
    const { kind, group, namespace, name } = found.identity;
    if (group !== "" || (kind !== "ConfigMap" && kind !== "Secret") || !suffix.test(name)) continue;
    const stem = [kind, namespace, withoutSuffix(name)].join("/");
    stems.set(stem, [...(stems.get(stem) ?? []), found]);
  }
  return stems;
}
