import { type Identity, identityKey } from "../manifests/identity.ts";
import { objectName } from "../manifests/object-name.ts";
import type { ObjectChange } from "./object-change.ts";

/**
 * What applies each object whose name comes more than once, as a clause: `in prod/west`, or
 * `by Kustomization flux-system/apps in clusters/prod/apps.yaml`. Of others that need not be said.
 */
export function appliedBy(objects: readonly ObjectChange[]): ReadonlyMap<Identity, string> {
  const roots = new Map<string, Set<string>>();
  for (const { identity, root = "" } of objects) {
    const key = identityKey(identity);
    roots.set(key, (roots.get(key) ?? new Set()).add(root));
  }
  return new Map(
    objects.flatMap(({ identity, root = "" }) => {
      const isShared = (roots.get(identityKey(identity))?.size ?? 0) > 1;
      return isShared && root !== "" ? [[identity, placeClause(root)]] : [];
    }),
  );
}

/**
 * What applies the object that a risk speaks of: its own root, or that of all objects of its name.
 * Undefined where it is none of them, or any of several.
 */
export function rootAmong(
  objects: readonly ObjectChange[],
): (identity: Identity) => string | undefined {
  const own = new Map(objects.map(({ identity, root }) => [identity, root] as const));
  const named = new Map<string, Set<string | undefined>>();
  for (const { identity, root } of objects) {
    const key = identityKey(identity);
    named.set(key, (named.get(key) ?? new Set()).add(root));
  }
  return (identity) => {
    if (own.has(identity)) return own.get(identity);
    const [root, ...others] = named.get(identityKey(identity)) ?? [];
    return others.length === 0 ? root : undefined;
  };
}

/** How each is called beside all others: `Deployment shop/api`, or `Deployment shop/api in prod/west`. */
export function namesAmong(objects: readonly ObjectChange[]): (identity: Identity) => string {
  const places = appliedBy(objects);
  return (identity) => [objectName(identity), places.get(identity) ?? []].flat().join(" ");
}

/** `in prod/west`, or `by Kustomization flux-system/apps`. */
export function placeClause(root: string): string {
  const flux = fluxOfRoot(root);
  return flux === undefined ? `in ${root}` : `by Kustomization ${flux}`;
}

/** `flux-system/apps`, where a root is a Flux Kustomization. */
export function fluxOfRoot(root: string): string | undefined {
  return /^Kustomization\.kustomize\.toolkit\.fluxcd\.io\/(.*)$/s.exec(root)?.[1];
}
