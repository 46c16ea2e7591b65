import { identityKey, identityOf } from "../manifests/identity.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { toYaml } from "../manifests/kubernetes-yaml.ts";
import { isRecord } from "../manifests/parse.ts";

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
    if (fields.length > 0) return fields.map((field) => `${key}: ${field} differs`);
    return toYaml(object) === toYaml(other) ? [] : [`${key}: its keys come in another order`];
  });
  return [...once.map((key) => `${key} is in one of them only`), ...changed];
}

function byKey(objects: readonly KubernetesObject[]): ReadonlyMap<string, KubernetesObject> {
  return new Map(objects.map((object) => [identityKey(identityOf(object)), object]));
}

function differentFields(a: unknown, b: unknown, path = ""): readonly string[] {
  if (Object.is(a, b)) return [];
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((item, index) => differentFields(item, b[index], `${path}[${index}]`));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) =>
      differentFields(a[key], b[key], path === "" ? key : `${path}.${key}`),
    );
  }
  return [path];
}
