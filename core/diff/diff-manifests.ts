import type { Problem } from "../errors.ts";
import { digestOf } from "./digest.ts";
import { type Edit, editsBetween } from "./edits.ts";
import { generatedRenames } from "./generated-names.ts";
import { imageChanges, type ImageChange } from "./image-changes.ts";
import { maskedEdit, maskedObject } from "./mask.ts";
import { noiseOf } from "./noise.ts";
import type { ObjectChange } from "./object-change.ts";
import { sameSecrets } from "./secret-bytes.ts";
import { comparable } from "./comparable.ts";
import { canonical } from "./values.ts";
import { identityKey } from "../manifests/identity.ts";
import { type Pair, pairObjects } from "./pair-objects.ts";
import { pathText } from "./path.ts";
import {
  type FoundObject,
  type ManifestFile,
  type Parsed,
  type ReadObjects,
  readObjects,
} from "./read-objects.ts";

export type ManifestsDiff = {
  /** By identity: kind, namespace, name. An object that only moved to another file is no change. */
  readonly objects: readonly ObjectChange[];
  readonly images: readonly ImageChange[];
  /** What could not be read, and identities that stand in two files: not everything is compared. */
  readonly problems: readonly Problem[];
};

/**
 * What differs between two versions of some files that are applied together, object by object.
 * Files that are the same on both sides may be left out.
 */
export function diffManifests(
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
): ManifestsDiff {
  const parsed: Parsed = new Map();
  const { objects, problems } = diffObjects(
    readObjects(before, parsed),
    readObjects(after, parsed),
  );
  return { objects, images: imageChanges(objects), problems };
}

/** {@link diffManifests} of objects that were read. */
export function diffObjects(
  old: ReadObjects,
  next: ReadObjects,
): Pick<ManifestsDiff, "objects" | "problems"> {
  const [isBrokenBefore, isBroken] = [brokenIn(old), brokenIn(next)];
  const paired = pairObjects(old.objects, next.objects);
  // What a file says that Flux cannot read is not gone: it refuses the build.
  const gone = paired.gone.filter(({ file }) => !isBroken(file));
  const renames = generatedRenames(gone, paired.fresh);
  const renamed = new Map(
    renames.map((one) => [one.before.identity.name, one.after.identity.name]),
  );
  const changed = [...paired.kept, ...renames].flatMap((pair) => changedObject(pair, renamed));
  const pairedOld = new Set(renames.map((pair) => pair.before));
  const pairedNew = new Set(renames.map((pair) => pair.after));
  const fresh = paired.fresh.filter((one) => !pairedNew.has(one));
  const objects = [
    ...gone.filter((one) => !pairedOld.has(one)).map(removedObject),
    ...fresh.map((one) => (isBrokenBefore(one.file) ? unknownObject(one) : addedObject(one))),
    ...changed,
  ].sort(byIdentity);
  const problems = [
    ...next.problems,
    ...old.problems.filter(({ file = "" }) => !isBroken(file)).map(wasUnread),
    ...paired.repeated.map(({ one, first }) => ({
      file: one.file,
      ...(one.line === undefined ? {} : { line: one.line }),
      message: `${identityKey(one.identity)} is also in ${first.file}`,
    })),
  ];
  return { objects, problems: uniqueProblems(problems) };
}

/** Whether a file, or a folder that it lies in, could not be read or is not there. */
function brokenIn({ problems, unread = [] }: ReadObjects): (file: string) => boolean {
  const broken = [...new Set([...problems.flatMap(({ file }) => file ?? []), ...unread])];
  return (file) => broken.some((one) => file === one || file.startsWith(`${one}/`));
}

function wasUnread(problem: Problem): Problem {
  return { ...problem, message: `before the change: ${problem.message}` };
}

function addedObject({ identity, object, file }: FoundObject): ObjectChange {
  const after = maskedObject(object);
  return { change: "added", identity, file, digest: digestOf(["+", object]), edits: [], after };
}

function removedObject({ identity, object, file }: FoundObject): ObjectChange {
  const before = maskedObject(object);
  return { change: "removed", identity, file, digest: digestOf(["-", object]), edits: [], before };
}

function unknownObject({ identity, object, file }: FoundObject): ObjectChange {
  const after = maskedObject(object);
  const fields = Object.keys(after).filter((key) => !/^(apiVersion|kind|metadata)$/.test(key));
  const edits = fields.map((key) => ({ kind: "added", path: [key], after: after[key] }) as const);
  const digest = digestOf(["?", object]);
  return { change: "changed", identity, file, unknownBefore: true, digest, edits, after };
}

function changedObject(
  { before, after }: Pair,
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
    before: old,
    after: next,
  };
  const generated = before.identity.name !== identity.name;
  return [
    {
      change: "changed",
      identity,
      ...(generated ? { renamedFrom: before.identity.name } : {}),
      file,
      digest: digestOf(["~", before.identity.name, edits.map(editText).sort()]),
      edits: edits.map((edit) => {
        const noise = noiseOf(edit, context);
        return { ...maskedEdit(edit, old, next), ...(noise === undefined ? {} : { noise }) };
      }),
      before: maskedObject(before.object),
      after: maskedObject(after.object),
    },
  ];
}

// Without the positions of list items, which others may move.
function editText({ path, ...edit }: Edit): string {
  return canonical([pathText(path), edit]);
}

function byIdentity(a: ObjectChange, b: ObjectChange): number {
  const key = ({ identity: { namespace, kind, name, group } }: ObjectChange) =>
    [namespace, kind, name, group].join("\0");
  return key(a).localeCompare(key(b), "en", { numeric: true });
}

function uniqueProblems(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((each) => [JSON.stringify(each), each])).values()];
}
