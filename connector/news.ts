import type { FluxObject } from "../core/flux/flux-object.ts";
import { fluxKey } from "../core/flux/flux-object.ts";
import { significance } from "../core/flux/significance.ts";

/** What of one cluster's objects was seen. */
export type News = {
  /** Tells changes that need a look from those that Flux writes at each of its intervals. */
  readonly isNews: (object: FluxObject) => boolean;
  /** These are all that there are: others are forgotten. */
  readonly keep: (objects: readonly FluxObject[]) => void;
  /** How many objects are remembered. */
  readonly size: () => number;
};

export function createNews(): News {
  const seen = new Map<string, string>();
  return {
    isNews: (object) => {
      const key = fluxKey(object);
      const before = seen.get(key);
      const now = significance(object, before);
      if (object.deleting) seen.delete(key);
      else seen.set(key, now);
      return now !== before;
    },
    keep: (objects) => {
      const keys = new Set(objects.map(fluxKey));
      for (const key of seen.keys()) if (!keys.has(key)) seen.delete(key);
    },
    size: () => seen.size,
  };
}
