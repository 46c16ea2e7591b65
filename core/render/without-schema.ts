import { isBuiltIn } from "../manifests/built-in-groups.ts";
import { identityOf, type KubernetesObject } from "../manifests/identity.ts";
import { type SchemaBundle, typeKey } from "../manifests/object-schemas.ts";
import type { Finding } from "./finding.ts";
import type { KnownLifecycles } from "./lifecycle.ts";
import { unservedVersionText } from "./unserved-version.ts";

/** Kinds that nobody here knows, each said once: an unknown kind must not look valid. */
export function withoutSchema(
  objects: readonly { readonly object: KubernetesObject }[],
  schemas: SchemaBundle,
  {
    lifecycles,
    laterMinorWith,
    minor,
    moreSchemas,
  }: KnownLifecycles & { readonly moreSchemas: string },
): readonly Finding[] {
  const types = new Map<string, number>();
  for (const { object } of objects) {
    const key = typeKey(identityOf(object));
    const isGone = (lifecycles[key]?.removed ?? Infinity) <= minor;
    const comesLater = laterMinorWith(key) !== undefined;
    const isSaid = unservedVersionText(identityOf(object), schemas) !== undefined;
    if (!schemas.kinds[key] && !isGone && !comesLater && !isSaid)
      types.set(key, (types.get(key) ?? 0) + 1);
  }
  return [...types].map(([key, count]) => {
    const objects = count === 1 ? "1 object was" : `${count} objects were`;
    // No definition brings what is Kubernetes' own.
    const isOwn = isBuiltIn(key.split("/").slice(0, -2).join("/"));
    const remedy = isOwn ? "" : `. Name a folder with its CustomResourceDefinition ${moreSchemas}`;
    const of = isOwn ? ` of Kubernetes 1.${minor}` : "";
    return {
      check: "schema",
      severity: "warning",
      message: `no schema for ${key}${of}: ${objects} not checked${remedy}`,
    };
  });
}
