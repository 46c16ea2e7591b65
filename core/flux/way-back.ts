import { identityKey, identityOf, type KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";

/**
 * The names on the way from an object through what it depends on (`dependsOn`) back to itself;
 * undefined where there is none. A `readyExpr` decides instead of readiness, so such an entry is left
 * out.
 */
export function wayBack(
  start: KubernetesObject,
  all: readonly KubernetesObject[],
): readonly string[] | undefined {
  const known = new Map(all.map((one) => [identityKey(identityOf(one)), one]));
  const goal = identityKey(identityOf(start));
  const seen = new Set<string>();
  const ways = [{ at: start, names: [] as readonly string[] }];
  for (const { at, names } of ways) {
    for (const next of dependencies(at)) {
      const key = identityKey(next);
      if (key === goal) return names;
      const object = known.get(key);
      if (object === undefined || seen.has(key)) continue;
      seen.add(key);
      ways.push({ at: object, names: [...names, `${next.namespace}/${next.name}`] });
    }
  }
  return undefined;
}

function dependencies(object: KubernetesObject) {
  const own = identityOf(object);
  const { spec } = object;
  const given: unknown = isRecord(spec) ? spec["dependsOn"] : undefined;
  return (Array.isArray(given) ? given : [])
    .filter(isRecord)
    .filter(({ readyExpr = "" }) => readyExpr === "")
    .map(({ name, namespace = "" }) => ({
      ...own,
      namespace: namespace === "" ? own.namespace : String(namespace),
      name: String(name),
    }));
}
