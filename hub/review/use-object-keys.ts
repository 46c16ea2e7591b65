import type * as React from "react";

type Listed = { readonly key: string };

/**
 * Keys of a list of objects: `j` and `k` go to the next and the previous one, `n` and `p` to those that
 * are not viewed yet, `v` ticks. They count only while the keyboard is in the list, and not in a text.
 */
export function useObjectKeys<Object extends Listed>(of: {
  /** In the order of the list. */
  readonly objects: readonly Object[];
  /** The id of an object's row. */
  readonly idOf: (object: Object) => string;
  readonly isViewed: (object: Object) => boolean;
  readonly go: (object: Object) => void;
  /** Absent where nothing is ticked. */
  readonly tick: ((object: Object) => void) | undefined;
}): (event: React.KeyboardEvent<HTMLElement>) => void {
  const { objects, idOf, isViewed, go, tick } = of;
  return (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (ctrlKey || metaKey || altKey || !(target instanceof Element)) return;
    if (target.closest("input:not([type=checkbox]), textarea, select") !== null) return;
    const row = target.closest(".fg-object")?.id;
    const at = objects.findIndex((object) => idOf(object) === row);
    const later = objects.slice(at + 1);
    const earlier = objects.slice(0, Math.max(0, at)).reverse();
    const found = {
      j: () => later[0],
      k: () => earlier[0],
      n: () => later.find((object) => !isViewed(object)),
      p: () => earlier.find((object) => !isViewed(object)),
    };
    if (key === "j" || key === "k" || key === "n" || key === "p") {
      const next = found[key]();
      if (next !== undefined) go(next);
    } else if (key === "v" && tick !== undefined) {
      const here = objects[at];
      if (here !== undefined) tick(here);
    } else return;
    event.preventDefault();
  };
}
