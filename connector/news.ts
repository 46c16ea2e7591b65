import type { FluxObject } from "../core/flux/flux-object.ts";
import { fluxKey } from "../core/flux/flux-object.ts";
import { significance } from "../core/flux/significance.ts";

/** Tells changes that need a look from those that Flux writes at each of its intervals. */
export function createNews(): (cluster: string, object: FluxObject) => boolean {
  const seen = new Map<string, string>();
  return (cluster, object) => {
    const key = `${cluster}|${fluxKey(object)}`;
    const before = seen.get(key);
    const now = significance(object, before);
    if (object.deleting) seen.delete(key);
    else seen.set(key, now);
    return now !== before;
  };
}
