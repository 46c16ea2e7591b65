import type { Identity } from "../manifests/identity.ts";
import { identityOf } from "../manifests/identity.ts";
import { parseManifests } from "../manifests/parse.ts";
import type { OwnedFile, OwnershipIndex } from "../render/ownership-index.ts";
import type { ChangedFile } from "./gate-input.ts";

/**
 * What X changed of a delivery, by the ownership indexes at both commits.
 * @param of.folder the environment's folder in the repository
 * @param of.baseline absent: there is none, or it is not asked for (operation `none`); then, and
 * where nothing differs (X undoes what was never seen healthy), all of the delivery's files.
 */
export function changedByIndex(of: {
  readonly folder: string;
  readonly atX: OwnershipIndex;
  readonly baseline?: OwnershipIndex;
}): readonly ChangedFile[] {
  const now = of.atX.files;
  const before = of.baseline?.files ?? {};
  const differing = Object.entries(now).filter(([path, file]) => !same(before, path, file));
  const removed = Object.entries(before).filter(([path]) => !Object.hasOwn(now, path));
  const all = differing.length + removed.length === 0;
  return [
    ...(all ? Object.entries(now) : differing).map((entry) => changed(of.folder, entry, false)),
    ...removed.map((entry) => changed(of.folder, entry, true)),
  ];
}

function same(before: OwnershipIndex["files"], path: string, file: OwnedFile): boolean {
  return Object.hasOwn(before, path) && before[path]?.sha256 === file.sha256;
}

function changed(
  folder: string,
  [path, { identity }]: readonly [string, OwnedFile],
  removed: boolean,
): ChangedFile {
  const place = folder === "" ? path : `${folder}/${path}`;
  return { path: place, removed, identities: identity === undefined ? [] : [identity] };
}

/**
 * The same without an index: the files that X changed against its first parent.
 * @param file.text at X, or before it when removed; undefined when it could not be read
 */
export function changedWithoutIndex(
  files: readonly {
    readonly path: string;
    readonly removed: boolean;
    readonly text: string | undefined;
  }[],
): readonly ChangedFile[] {
  return files.map(({ path, removed, text }) => {
    const none = { path, removed, identities: [] };
    if (!/\.(ya?ml|json)$/i.test(path) || /(^|\/)kustomization\.ya?ml$/i.test(path)) return none;
    if (text === undefined) return { ...none, unreadable: "it could not be read" };
    const { documents, problems } = parseManifests(text, path);
    const identities: readonly Identity[] = documents.map(({ object }) => identityOf(object));
    const [problem] = problems;
    return { path, removed, identities, ...(problem ? { unreadable: problem.message } : {}) };
  });
}
