import { type Identity, identityOf, type KubernetesObject } from "../manifests/identity.ts";
import { referencesOf } from "./references.ts";
import { onceFor } from "../once-for.ts";

const indexed = onceFor(indexOf);

/** The objects that name another one; looked up once for a list. */
export function usersOf(
  { kind, namespace, name }: Pick<Identity, "kind" | "namespace" | "name">,
  objects: readonly KubernetesObject[],
): readonly KubernetesObject[] {
  return indexed(objects).get([kind, namespace, name].join("/")) ?? [];
}

function indexOf(objects: readonly KubernetesObject[]) {
  const index = new Map<string, KubernetesObject[]>();
  for (const object of objects) {
    const own = identityOf(object);
    const keys = referencesOf(object).map((one) => [one.kind, one.namespace, one.name].join("/"));
    for (const key of new Set(keys)) {
      if (key === [own.kind, own.namespace, own.name].join("/")) continue;
      const users = index.get(key);
      if (users === undefined) index.set(key, [object]);
      else users.push(object);
    }
  }
  return index;
}
