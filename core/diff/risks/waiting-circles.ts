import { type KubernetesObject, identityKey, identityOf } from "../../manifests/identity.ts";
import type { ObjectChange } from "../object-change.ts";
import { mappings } from "../pod-spec.ts";
import { type Finding, high, type Surroundings } from "../risk.ts";
import { textOf, valueAt } from "../values.ts";

/**
 * What waits for itself (`dependsOn`, by way of others too): Flux applies a new spec only once all that
 * it depends on is ready, with its own newest spec (checkDependencies of both controllers). A
 * `readyExpr` decides instead, so such an entry is left out.
 */
export function waitingCircles(
  { before, after, identity }: ObjectChange,
  beside: Surroundings,
): readonly Finding[] {
  if (after === undefined || !/^(kustomize|helm)\.toolkit\.fluxcd\.io$/.test(identity.group))
    return [];
  const way = wayBack(after, beside.after);
  if (way === undefined || (before !== undefined && wayBack(before, beside.before))) return [];
  const through = way.length === 0 ? "" : `, by way of ${way.join(", ")}`;
  return [high(`waits for itself (dependsOn)${through}: Flux applies none of it any more`)];
}

/** The names on the way from an object through what it depends on back to itself. */
function wayBack(
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
  return mappings(valueAt(object, "spec.dependsOn"))
    .filter(({ readyExpr = "" }) => readyExpr === "")
    .map(({ name, namespace = "" }) => ({
      ...own,
      namespace: namespace === "" ? own.namespace : textOf(namespace),
      name: textOf(name),
    }));
}
