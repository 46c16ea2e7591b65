import { identityKey, identityOf } from "../manifests/identity.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { toYaml } from "../manifests/kubernetes-yaml.ts";
import { differentFields } from "./different-fields.ts";

const maxFields = 5;

/**
 * What differs between two renders of the same inputs: objects and their fields, never the values,
 * which may be generated passwords. Empty when the files would be the same bytes.
 */
export function nondeterminism(
  first: readonly KubernetesObject[],
  second: readonly KubernetesObject[],
): readonly string[] {
  const [before, after] = [byKey(first), byKey(second)];
  const once = [...before.keys(), ...after.keys()].filter(
    (key) => !before.has(key) || !after.has(key),
  );
  const changed = [...before].flatMap(([key, object]) => {
    const other = after.get(key);
    if (other === undefined) return [];
    const fields = differentFields(object, other).slice(0, maxFields);
    if (fields.length > 0) return fields.map(({ path }) => `${key}: ${path} differs`);
    return toYaml(object) === toYaml(other) ? [] : [`${key}: its keys come in another order`];
  });
  return [...once.map((key) => `${key} is in one of them only`), ...changed];
}

function byKey(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  return new Map(objects.map((object) => [identityKey(identityOf(object)), object]));
}
