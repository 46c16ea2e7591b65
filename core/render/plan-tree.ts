import type { Problem } from "../errors.ts";
import { isUnder } from "../flux/folder.ts";
import { identityKey } from "../manifests/identity.ts";
import { isAsRecorded } from "./edited-files.ts";
import { foreignFiles, renderedByKey } from "./foreign-files.ts";
import { indexFolder, indexPath, isIndexPath, parseOwnershipIndex } from "./ownership-index.ts";
import type { OwnershipIndex } from "./ownership-index.ts";
import type { TreeOptions, TreePlan, TreeState } from "./tree-plan.ts";

/**
 * What putting a render into an environment's folder would write and delete: only files of the own
 * index are ever deleted, files of others are neither overwritten nor doubled (design: ownership).
 */
export function planTree(options: TreeOptions): TreePlan {
  const { existing, rendered, index } = options;
  const state = readState(options);
  const before = state.own?.files ?? {};
  const foreign = foreignFiles(options, state);
  // Of which index nobody can read, no file of it is known to be anybody's.
  const problems =
    state.problems.length > 0
      ? [...state.problems]
      : [
          ...othersFolders(options, state),
          ...changedByOthers(options, state),
          ...foreign.problems,
          ...doubledElsewhere(options, state),
        ];
  const current = new Map(existing.map((file) => [file.path, file.sha256]));
  const next = new Set(rendered.map(({ path }) => path));
  const changed = rendered.filter(({ path, sha256 }) => current.get(path) !== sha256);
  const gone = [...Object.keys(before), ...foreign.adopted].filter(
    (path) => !next.has(path) && current.has(path),
  );
  const sameIndex = state.own !== undefined && sameFiles(state.own, index);
  const unchanged = changed.length === 0 && gone.length === 0 && sameIndex;
  const writes = unchanged ? [] : [...changed.map(({ path }) => path), indexPath(index.delivery)];
  if (objectCount(index) === 0 && !options.allowEmpty) {
    const owned = Object.keys(before).length;
    const removes = owned > 0 ? ` and would remove all ${owned} files it owns there` : "";
    const message = `the render of ${index.delivery} for ${index.environment} is empty${removes}`;
    problems.push({ message: `${message}: set allowEmpty (--allow-empty) where that is meant` });
  }
  return { writes, deletes: [...new Set(gone)].sort(), problems, unchanged };
}

function readState({ existing, index }: TreeOptions): TreeState {
  const read = existing
    .filter(({ path }) => path.startsWith(`${indexFolder}/`) && isIndexPath(path))
    .map(({ path, text }) => parseOwnershipIndex(text, path));
  const indexes = read.flatMap((each) => (each.index ? [each.index] : []));
  return {
    own: indexes.find(({ delivery }) => delivery === index.delivery),
    others: indexes.filter(({ delivery }) => delivery !== index.delivery),
    problems: read.flatMap((each) => each.problems),
  };
}

function othersFolders(
  { rendered, index }: TreeOptions,
  { others }: TreeState,
): readonly Problem[] {
  const owners = new Map<string, string>();
  for (const other of others) {
    for (const path of Object.keys(other.files)) owners.set(folderOf(path), other.delivery);
  }
  const own = [...new Set(rendered.map(({ path }) => folderOf(path)))];
  return own.flatMap((folder) =>
    [...owners].flatMap(([other, owner]) => {
      const message =
        folder === other
          ? `folder ${folder} of ${index.environment} belongs to delivery ${owner}, not to ${index.delivery}`
          : hiddenBy(folder, other, owner);
      return message === undefined ? [] : [{ message }];
    }),
  );
}

// The kustomization.yaml of the outer one lists its own files only (see delivery/folder-problems.ts).
function hiddenBy(folder: string, other: string, owner: string): string | undefined {
  if (isUnder(folder, other)) {
    return `folder ${folder} lies inside folder ${other} of delivery ${owner}, whose kustomization.yaml hides it from Flux: give the app another path`;
  }
  return isUnder(other, folder)
    ? `folder ${folder} lies around folder ${other} of delivery ${owner} and would hide it from Flux: give the app another path`
    : undefined;
}

const changedText =
  "the file was changed by someone else since it was rendered: " +
  "to keep the edit, make it in the templates too; to drop it, revert it there";

function changedByOthers(
  { existing, rendered }: TreeOptions,
  { own }: TreeState,
): readonly Problem[] {
  const next = new Map(rendered.map(({ path, sha256 }) => [path, sha256]));
  return existing.flatMap(({ path, sha256, text }) => {
    const owned = own?.files[path];
    if (!owned || owned.sha256 === sha256 || next.get(path) === sha256) return [];
    if (text !== "" && isAsRecorded(text, owned.sha256)) return [];
    return [{ file: path, message: changedText }];
  });
}

function doubledElsewhere({ index }: TreeOptions, { others }: TreeState): readonly Problem[] {
  const files = renderedByKey(index);
  return others.flatMap((other) =>
    Object.entries(other.files).flatMap(([path, { identity }]) => {
      const mine = identity && files.get(identityKey(identity));
      if (!identity || mine === undefined) return [];
      const message = `${identityKey(identity)} belongs to delivery ${other.delivery} and is in ${mine} of the render`;
      return [{ file: path, message }];
    }),
  );
}

function sameFiles(a: OwnershipIndex, b: OwnershipIndex): boolean {
  const paths = Object.keys(a.files);
  return (
    paths.length === Object.keys(b.files).length &&
    paths.every((path) => {
      const [left, right] = [a.files[path], b.files[path]];
      return left?.sha256 === right?.sha256 && left?.app === right?.app;
    })
  );
}

function objectCount(index: OwnershipIndex): number {
  return Object.values(index.files).filter(({ identity }) => identity).length;
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
}
