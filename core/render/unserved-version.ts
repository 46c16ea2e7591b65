import { isBuiltIn } from "../manifests/built-in-groups.ts";
import type { Identity } from "../manifests/identity.ts";
import { onceFor } from "../once-for.ts";
import { type SchemaBundle, typeKey } from "../manifests/object-schemas.ts";

/**
 * Why no cluster with these definitions takes an object of this version, in the API server's words;
 * undefined where it is served, where nobody here defines the kind, and for Kubernetes' own kinds.
 */
export function unservedVersionText(
  of: Pick<Identity, "group" | "version" | "kind">,
  { kinds }: SchemaBundle,
): string | undefined {
  const { group, version, kind } = of;
  const own = kinds[typeKey(of)];
  if (isBuiltIn(group) || (own !== undefined && own.served !== false)) return undefined;
  const served = servedVersions(kinds).get(`${group}/${kind}`) ?? [];
  if (own === undefined && served.length === 0) return undefined;
  const others = served.length === 0 ? "no version" : served.join(", ");
  return `no matches for kind "${kind}" in version "${group}/${version}": its CustomResourceDefinition serves ${others}`;
}

// By `group/kind`. Asked of each object, where schemas may be those of hundreds of kinds.
const servedVersions = onceFor((kinds: SchemaBundle["kinds"]) => {
  const versions = new Map<string, string[]>();
  for (const [key, { served }] of Object.entries(kinds)) {
    const [group = "", version = "", kind = ""] = key.split("/");
    if (served !== true) continue;
    versions.set(`${group}/${kind}`, [...(versions.get(`${group}/${kind}`) ?? []), version]);
  }
  return versions;
});
