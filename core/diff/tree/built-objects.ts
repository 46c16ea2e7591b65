import { identityOf } from "../../manifests/identity.ts";
import type { FoundObject, ReadObjects } from "../read-objects.ts";
import type { Answered, BuiltPart } from "./built-part.ts";
import { refusalEffect, withEffect } from "./read-side.ts";

/**
 * The objects of both sides of what Flux builds. A refused build takes nothing away: what was applied
 * before stays.
 */
export function builtObjects({ before, after }: BuiltPart): {
  readonly before: ReadObjects;
  readonly after: ReadObjects;
} {
  const [old, next] = [readOf(before, true), readOf(after, false)];
  if (after?.build.kind === "failed") {
    return { before: { ...old, problems: [] }, after: { ...next, objects: old.objects } };
  }
  if (before?.build.kind === "failed") {
    return { before: { ...old, unread: next.objects.map(({ file }) => file) }, after: next };
  }
  return { before: old, after: next };
}

function readOf(answered: Answered | undefined, isBefore: boolean): ReadObjects {
  if (answered === undefined) return { objects: [], problems: [] };
  const { part, build } = answered;
  if (build.kind === "failed") {
    const problem = { file: part.file, message: build.message };
    return {
      objects: [],
      problems: [withEffect(problem, refusalEffect({ isBefore, isAlone: true }).sure)],
    };
  }
  const objects = build.objects.map(({ object, file = part.file }): FoundObject => {
    return { identity: identityOf(object), object, file };
  });
  return { objects, problems: [] };
}
