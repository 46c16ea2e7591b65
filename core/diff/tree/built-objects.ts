import { identityOf } from "../../manifests/identity.ts";
import type { FoundObject, ReadObjects } from "../read-objects.ts";
import type { Answered, BuiltPart } from "./built-part.ts";

/**
 * The objects of both sides of what Flux builds. A refused build takes nothing away: what was applied
 * before stays.
 */
export function builtObjects({ before, after }: BuiltPart): {
  readonly before: ReadObjects;
  readonly after: ReadObjects;
} {
  const [old, next] = [readOf(before), readOf(after)];
  if (after?.build.kind === "failed") {
    return { before: { ...old, problems: [] }, after: { ...next, objects: old.objects } };
  }
  if (before?.build.kind === "failed") {
    return { before: { ...old, unread: next.objects.map(({ file }) => file) }, after: next };
  }
  return { before: old, after: next };
}

function readOf(answered: Answered | undefined): ReadObjects {
  if (answered === undefined) return { objects: [], problems: [] };
  const { part, build } = answered;
  if (build.kind === "failed") {
    const effect = "Flux refuses the build and keeps what it applied before";
    const message = `${build.message.trim().replace(/\.$/, "")}. ${effect}`;
    return { objects: [], problems: [{ file: part.file, message }] };
  }
  const objects = build.objects.map(({ object, file = part.file }): FoundObject => {
    return { identity: identityOf(object), object, file };
  });
  return { objects, problems: [] };
}
