import type { ObjectChange } from "../../core/diff/object-change.ts";
import type { BodySource } from "../components/body-source.ts";
import { bodiesOf } from "../view/bodies.ts";

/** Bodies of changes that this page has, and no worker. */
export function ownBodies(objects: readonly ObjectChange[]): BodySource {
  const bodies = bodiesOf(objects, () => performance.now());
  return {
    ...{ known: new Map(), open: new Map() },
    body: async (of) => bodies.body(of),
    lines: async (of) => bodies.lines(of),
    find: async (text) => bodies.find(text),
  };
}
