import type { Problem } from "../errors.ts";
import { editsBetween } from "./edits.ts";
import { generatedRenames } from "./generated-names.ts";
import { imageChanges, type ImageChange } from "./image-changes.ts";
import { maskedEdit, maskedObject } from "./mask.ts";
import { noiseOf } from "./noise.ts";
import type { ObjectChange } from "./object-change.ts";
import { sameSecrets } from "./secret-bytes.ts";
import { comparable } from "./comparable.ts";
import { type FoundObject, type ManifestFile, readObjects } from "./read-objects.ts";

export type ManifestsDiff = {
  /** By identity: kind, namespace, name. An object that only moved to another file is no change. */
  readonly objects: readonly ObjectChange[];
  readonly images: readonly ImageChange[];
  /** What could not be read, and identities that stand in two files. */
  readonly problems: readonly Problem[];
};

/**
 * What differs between two versions of some files, object by object. Files that are the same on
 * both sides may be left out.
 */
export function diffManifests(
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
): ManifestsDiff {
  const [old, next] = [readObjects(before), readObjects(after)];
  const gone = [...old.objects].filter(([key]) => !next.objects.has(key)).map(([, one]) => one);
  const fresh = [...next.objects].filter(([key]) => !old.objects.has(key)).map(([, one]) => one);
  const renames = generatedRenames(gone, fresh);
  const renamed = new Map(
    renames.map((one) => [one.before.identity.name, one.after.identity.name]),
  );
  const kept = [...next.objects].flatMap(([key, one]) => {
    const was = old.objects.get(key);
    return was === undefined ? [] : [{ before: was, after: one }];
  });
  const changed = [...kept, ...renames].flatMap((pair) => changedObject(pair, renamed));
  const pairedOld = new Set(renames.map((pair) => pair.before));
  const pairedNew = new Set(renames.map((pair) => pair.after));
  const objects = [
    ...gone.filter((one) => !pairedOld.has(one)).map(removedObject),
    ...fresh.filter((one) => !pairedNew.has(one)).map(addedObject),
    ...changed,
  ].sort(byIdentity);
  return {
    objects,
    images: imageChanges(objects),
    problems: uniqueProblems([...next.problems, ...old.problems]),
  };
}

function addedObject({ identity, object, file }: FoundObject): ObjectChange {
  return { change: "added", identity, file, edits: [], after: maskedObject(identity, object) };
}

function removedObject({ identity, object, file }: FoundObject): ObjectChange {
  return { change: "removed", identity, file, edits: [], before: maskedObject(identity, object) };
}

function changedObject(
  { before, after }: { readonly before: FoundObject; readonly after: FoundObject },
  renamed: ReadonlyMap<string, string>,
): readonly ObjectChange[] {
  const { identity, file } = after;
  const [old, next] = comparable(before.object, after.object);
  const edits = editsBetween(old, next, identity);
  if (edits.length === 0) return [];
  const isSecret = identity.group === "" && identity.kind === "Secret";
  const context = {
    type: identity,
    renamed,
    sameSecrets: isSecret ? sameSecrets(old, next) : new Set<string>(),
  };
  const generated = before.identity.name !== identity.name;
  return [
    {
      change: "changed",
      identity,
      ...(generated ? { renamedFrom: before.identity.name } : {}),
      file,
      edits: edits.map((edit) => {
        const noise = noiseOf(edit, context);
        return { ...maskedEdit(identity, edit), ...(noise === undefined ? {} : { noise }) };
      }),
      before: maskedObject(before.identity, before.object),
      after: maskedObject(identity, after.object),
    },
  ];
}

function byIdentity(a: ObjectChange, b: ObjectChange): number {
  const key = ({ identity: { namespace, kind, name, group } }: ObjectChange) =>
    [namespace, kind, name, group].join("\0");
  return key(a).localeCompare(key(b), "en", { numeric: true });
}

function uniqueProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
}
