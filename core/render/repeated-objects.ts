import type { Problem } from "../errors.ts";
import { identityKey, identityOf } from "../manifests/identity.ts";
import type { KubernetesObject } from "../manifests/identity.ts";
import { isRecord } from "../manifests/parse.ts";

/** An object that several files of one folder have. */
export type Repeated = { readonly folder: string; readonly problem: Problem };

type Placed = { readonly object: KubernetesObject; readonly file: string };

/**
 * Objects that two files have which are applied together: below the path of one of Flux'
 * Kustomizations among them; without any, in the folders of one environment (`dev/api`, `dev/web`).
 * Two environments may of course both have one.
 */
export function repeatedObjects(objects: readonly Placed[]): readonly Repeated[] {
  const roots = objects.flatMap(({ object }) => appliedPath(object));
  const places = new Map<string, string[]>();
  for (const { object, file } of objects) {
    const key = `${appliedWith(file, roots)} ${identityKey(identityOf(object))}`;
    places.set(key, [...(places.get(key) ?? []), file]);
  }
  return [...places]
    .filter(([, files]) => files.length > 1)
    .map(([key, [first = "", ...others]]) => ({
      folder: key.slice(0, key.indexOf(" ")),
      problem: {
        file: first,
        message: `${key.slice(key.indexOf(" ") + 1)} is in ${others.join(", ")} as well`,
      },
    }));
}

function appliedPath({ kind, apiVersion, spec }: KubernetesObject): readonly string[] {
  const isFlux = kind === "Kustomization" && apiVersion.startsWith("kustomize.toolkit.fluxcd.io/");
  const path = isFlux && isRecord(spec) ? spec["path"] : undefined;
  return typeof path === "string" ? [path.replace(/^\.?\/+|\/+$/g, "")] : [];
}

function appliedWith(file: string, roots: readonly string[]): string {
  const parts = file.split("/");
  if (roots.length === 0) return parts.slice(0, -2).join("/");
  const inside = roots.filter((root) => root === "" || file.startsWith(`${root}/`));
  const [longest = parts.slice(0, -1).join("/")] = inside.sort((a, b) => b.length - a.length);
  return longest;
}
