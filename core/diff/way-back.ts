// What a revert of a change would not bring back, as far as manifests tell.
import { namesAmong } from "./applied-by.ts";
import type { ObjectChange } from "./object-change.ts";
import { typeName } from "./object-type.ts";
import { pathText } from "./path.ts";
import { lossOf } from "./risks/grave-kinds.ts";
import { shrunkClaim } from "./risks/immutable-fields.ts";

/** A sentence each, without a full stop; empty: a revert makes all of it what it was. */
export function lostForGood(objects: readonly ObjectChange[]): readonly string[] {
  const nameOf = namesAmong(objects);
  return objects.flatMap((one) => reasons(one).map((why) => `${nameOf(one.identity)}: ${why}`));
}

function reasons(one: ObjectChange): readonly string[] {
  const { change, identity, kept, before } = one;
  const type = typeName(identity);
  if (change === "removed") {
    if (kept !== undefined) return [];
    const loss = lossOf(identity, before);
    return loss === undefined ? [] : [loss];
  }
  // A Job that is there anew runs; what it did stays done.
  if (type === "Job.batch") return ["it runs, and what it does stays done"];
  if (change === "added") return [];
  // A smaller one is refused, and so stays as it is.
  if (type === "PersistentVolumeClaim" && touches(one, /storage$/) && !shrunkClaim(one)) {
    return ["a claim that has grown never shrinks"];
  }
  if (type === "CustomResourceDefinition.apiextensions.k8s.io" && touches(one, /^spec\.versions/)) {
    return ["objects that are stored in another version meanwhile stay so"];
  }
  return [];
}

function touches({ edits }: ObjectChange, path: RegExp): boolean {
  return edits.some((edit) => path.test(pathText(edit.path)));
}
