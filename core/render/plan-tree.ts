import type { Problem } from "../errors.ts";
import { identityKey, identityOf } from "../manifests/identity.ts";
import { parseManifests } from "../manifests/parse.ts";
import { indexFolder, indexPath, parseOwnershipIndex } from "./ownership-index.ts";
import type { OwnershipIndex } from "./ownership-index.ts";

export type TreeFile = {
  /** Under the environment's folder, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Of the bytes as git stores them, hexadecimal. */
  readonly sha256: string;
};

export type TreePlan = {
  /** Paths to write, the index included; empty when unchanged. */
  readonly writes: readonly string[];
  readonly deletes: readonly string[];
  /** Nothing may be written while there are any. */
  readonly problems: readonly Problem[];
  /** Only provenance would differ. */
  readonly unchanged: boolean;
};

type Options = {
  /** Every file of the environment's folder; the text of those that are no YAML may be empty. */
  readonly existing: readonly TreeFile[];
  /** The new files, the index left out. */
  readonly rendered: readonly TreeFile[];
  readonly index: OwnershipIndex;
  /** Whether a render that leaves nothing in the environment's folder is meant. */
  readonly allowEmpty?: boolean;
  /** Take over files that nobody owns where the render writes the same path or object. */
  readonly adopt?: boolean;
};

/**
 * What putting a render into an environment's folder would write and delete: only files of the own
 * index are ever deleted, files of others are neither overwritten nor doubled (design: ownership).
 */
export function planTree(options: Options): TreePlan {
  const { existing, rendered, index } = options;
  const state = readState(options);
  const before = state.own?.files ?? {};
  const adopted = options.adopt ? foreignDoubles(options, state).map(({ path }) => path) : [];
  const problems = [
    ...state.problems,
    ...othersFolders(options, state),
    ...changedByOthers(options, state),
    ...(options.adopt ? notAdoptable(options, state) : foreignFiles(options, state)),
    ...doubledElsewhere(options, state),
  ];
  const current = new Map(existing.map((file) => [file.path, file.sha256]));
  const next = new Set(rendered.map(({ path }) => path));
  const changed = rendered.filter(({ path, sha256 }) => current.get(path) !== sha256);
  const gone = [...Object.keys(before), ...adopted].filter(
    (path) => !next.has(path) && current.has(path),
  );
  const sameIndex = state.own !== undefined && sameFiles(state.own, index);
  const unchanged = changed.length === 0 && gone.length === 0 && sameIndex;
  const writes = unchanged ? [] : [...changed.map(({ path }) => path), indexPath(index.delivery)];
  if (Object.keys(before).length > 0 && objectCount(index) === 0 && !options.allowEmpty) {
    problems.push({
      message:
        `the render of ${index.delivery} for ${index.environment} is empty and would remove all ` +
        `${Object.keys(before).length} files it owns there`,
    });
  }
  return { writes, deletes: [...new Set(gone)].sort(), problems, unchanged };
}

type State = {
  readonly own: OwnershipIndex | undefined;
  readonly others: readonly OwnershipIndex[];
  readonly problems: readonly Problem[];
};

function readState({ existing, index }: Options): State {
  const read = existing
    .filter(({ path }) => path.startsWith(`${indexFolder}/`) && path.endsWith(".json"))
    .map(({ path, text }) => parseOwnershipIndex(text, path));
  const indexes = read.flatMap((each) => (each.index ? [each.index] : []));
  return {
    own: indexes.find(({ delivery }) => delivery === index.delivery),
    others: indexes.filter(({ delivery }) => delivery !== index.delivery),
    problems: read.flatMap((each) => each.problems),
  };
}

function othersFolders({ rendered, index }: Options, { others }: State): readonly Problem[] {
  const owners = new Map<string, string>();
  for (const other of others) {
    for (const path of Object.keys(other.files)) owners.set(folderOf(path), other.delivery);
  }
  const clashes = new Map<string, string>();
  for (const { path } of rendered) {
    const owner = owners.get(folderOf(path));
    if (owner !== undefined) clashes.set(folderOf(path), owner);
  }
  return [...clashes].map(([folder, owner]) => ({
    message: `folder ${folder} of ${index.environment} belongs to delivery ${owner}, not to ${index.delivery}`,
  }));
}

function changedByOthers({ existing, rendered }: Options, { own }: State): readonly Problem[] {
  const next = new Map(rendered.map(({ path, sha256 }) => [path, sha256]));
  return existing.flatMap(({ path, sha256 }) => {
    const owned = own?.files[path];
    if (!owned || owned.sha256 === sha256 || next.get(path) === sha256) return [];
    return [{ file: path, message: "the file was changed by someone else since it was rendered" }];
  });
}

function foreignFiles(options: Options, state: State): readonly Problem[] {
  return foreignDoubles(options, state).map(({ path, with: double, key }) => ({
    file: path,
    message:
      key === undefined
        ? "the render would overwrite this file, which it does not own"
        : `${key} is in this file, which nobody owns, and in ${double} of the render`,
  }));
}

function notAdoptable(options: Options, state: State): readonly Problem[] {
  const files = renderedByKey(options.index);
  return foreignDoubles(options, state).flatMap(({ path }) => {
    const text = options.existing.find((file) => file.path === path)?.text ?? "";
    const left = keysOf(path, text).find((key) => !files.has(key));
    if (left === undefined) return [];
    const message = `cannot take the file over: it also holds ${left}, which is not in the render`;
    return [{ file: path, message }];
  });
}

type Double = { readonly path: string; readonly with: string; readonly key?: string };

/** Files in no index that the render would overwrite, or that hold an object it also holds. */
function foreignDoubles(options: Options, { own, others }: State): readonly Double[] {
  const indexed = new Set([own, ...others].flatMap((each) => Object.keys(each?.files ?? {})));
  const next = new Map(options.rendered.map(({ path, sha256 }) => [path, sha256]));
  const files = renderedByKey(options.index);
  return options.existing.flatMap(({ path, text, sha256 }): readonly Double[] => {
    if (indexed.has(path) || path.startsWith(`${indexFolder}/`)) return [];
    if (next.has(path)) return next.get(path) === sha256 ? [] : [{ path, with: path }];
    const double = keysOf(path, text).find((key) => files.has(key));
    return double === undefined ? [] : [{ path, with: files.get(double) ?? "", key: double }];
  });
}

function doubledElsewhere({ index }: Options, { others }: State): readonly Problem[] {
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

function renderedByKey(index: OwnershipIndex): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(index.files).flatMap(([path, { identity }]) =>
      identity ? [[identityKey(identity), path] as const] : [],
    ),
  );
}

function keysOf(path: string, text: string): readonly string[] {
  if (!/\.(ya?ml|json)$/.test(path) || /(^|\/)kustomization\.ya?ml$/.test(path)) return [];
  return parseManifests(text, path).documents.map(({ object }) => identityKey(identityOf(object)));
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
