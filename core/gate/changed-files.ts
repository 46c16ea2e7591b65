import { isOptedOut } from "../flux/garbage-collection.ts";
import type { Identity } from "../manifests/identity.ts";
import { identityKey, identityOf } from "../manifests/identity.ts";
import { parseManifests } from "../manifests/parse.ts";
import {
  indexFolder,
  inFolder,
  type OwnedFile,
  type OwnershipIndex,
} from "../render/ownership-index.ts";
import { buildsSince } from "./build-of.ts";
import { chartSince, isChartFile } from "./chart-since.ts";
import type { ChangedFile } from "./gate-input.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

/**
 * What X changed of a delivery. The ownership indexes say whose a file is, git whether it differs:
 * whoever edits a file by hand leaves the index as it was.
 * @param of.folder the environment's folder in the repository
 * @param of.baseline absent: there is none, or it is not asked for (operation `none`); then, and
 * where nothing differs (X undoes what was never seen healthy), all of the delivery's files.
 */
export function changedByIndex(of: {
  readonly folder: string;
  readonly atX: OwnershipIndex;
  readonly baseline?: {
    readonly index: OwnershipIndex;
    /** Paths in the repository that differ between the baseline and X. */
    readonly differing: Pick<ReadonlySet<string>, "has">;
  };
}): readonly ChangedFile[] {
  const { folder, atX, baseline } = of;
  const now = Object.entries(atX.files);
  const before = Object.entries(baseline?.index.files ?? {});
  const removed = before.filter(([path]) => !Object.hasOwn(atX.files, path));
  const differing = now.filter(([path]) => baseline?.differing.has(inFolder(folder, path)));
  const all = differing.length + removed.length === 0;
  return [
    ...(all ? now : differing).map((entry) => changed(folder, entry, false)),
    ...removed.map((entry) => changed(folder, entry, true)),
  ];
}

/** Paths in the repository of the files that an index holds. */
export function pathsOfIndex(folder: string, { files }: OwnershipIndex): readonly string[] {
  return Object.keys(files).map((path) => inFolder(folder, path));
}

function changed(
  folder: string,
  [path, { identity }]: readonly [string, OwnedFile],
  removed: boolean,
): ChangedFile {
  const identities = identity === undefined ? [] : [identity];
  return { path: inFolder(folder, path), removed, identities };
}

/**
 * The same without an index: the files that X changed against its first parent.
 * @param file.text at X, or before it when removed; undefined when it could not be read
 * @param file.before what a changed one was, where it is asked what that changes of builds or charts
 * @param file.original what a changed one was; absent where it is new, or not known
 */
export function changedWithoutIndex(
  files: readonly {
    readonly path: string;
    readonly removed: boolean;
    readonly text: string | undefined;
    readonly before?: string;
    readonly original?: string;
  }[],
): readonly ChangedFile[] {
  return files.map(({ path, removed, text, before, original }) => {
    const none = { path, removed, identities: [] };
    // However it is written: no object.
    if (!/\.(ya?ml|json)$/i.test(path) || isKustomizationPath(path.toLowerCase())) return none;
    // Indexes, holds and the like: nothing that Flux applies.
    if (path.split("/").includes(indexFolder)) return none;
    if (text === undefined) return { ...none, unreadable: "it could not be read" };
    const { documents, problems } = parseManifests(text, path);
    const identities: readonly Identity[] = documents.map(({ object }) => identityOf(object));
    const [problem] = problems;
    return {
      ...{ path, removed, identities },
      ...(removed ? keepingOf(documents) : {}),
      ...(problem ? { unreadable: problem.message } : {}),
      ...(before === undefined ? {} : sinceBefore({ before, text, path })),
      // Of a file that Flux cannot read nothing goes.
      ...(original === undefined || removed || problem
        ? {}
        : leftOf({ original, path, identities })),
    };
  });
}

/** What a file that is still there held before, and what of that told Flux not to delete it. */
function leftOf(of: {
  readonly original: string;
  readonly path: string;
  readonly identities: readonly Identity[];
}): Pick<ChangedFile, "left" | "keeping"> {
  const { documents } = parseManifests(of.original, of.path);
  const here = new Set(of.identities.map(identityKey));
  const gone = documents.filter(({ object }) => !here.has(identityKey(identityOf(object))));
  if (gone.length === 0) return {};
  return { left: gone.map(({ object }) => identityOf(object)), ...keepingOf(gone) };
}

/** What a removed file says of its objects, with the identities that they have in it. */
export function keepingIn(text: string, path: string): Pick<ChangedFile, "keeping"> {
  return keepingOf(parseManifests(text, path).documents);
}

function keepingOf(
  documents: ReturnType<typeof parseManifests>["documents"],
): Pick<ChangedFile, "keeping"> {
  const keeping = documents.flatMap(({ object }) => (isOptedOut(object) ? identityOf(object) : []));
  return keeping.length === 0 ? {} : { keeping };
}

function sinceBefore(of: {
  readonly before: string;
  readonly text: string;
  readonly path: string;
}): Partial<ChangedFile> {
  const { before, text, path } = of;
  if (!isChartFile(path)) return buildsSince(before, text, path);
  const chart = chartSince(before, text);
  return chart === undefined ? {} : { chart };
}
