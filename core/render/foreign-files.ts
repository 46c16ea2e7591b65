import type { Problem } from "../errors.ts";
import { identityKey, identityOf } from "../manifests/identity.ts";
import { existingObjects, listedResources, otherChanges } from "./existing-objects.ts";
import { kustomizationTree } from "./kustomization-tree.ts";
import { indexFolder } from "./ownership-index.ts";
import type { OwnershipIndex } from "./ownership-index.ts";
import type { TreeFile, TreeOptions, TreeState } from "./tree-plan.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

type ForeignFiles = {
  /** Files in no index that the render takes over. */
  readonly adopted: readonly string[];
  readonly problems: readonly Problem[];
};

/** Files in no index that the render would overwrite, or that hold an object it also holds. */
export function foreignFiles(options: TreeOptions, state: TreeState): ForeignFiles {
  const foreign = filesInNoIndex(options, state);
  const doubles = doublesIn(foreign, options);
  const inTheWay = blockingFiles(options);
  if (!options.adopt) return { adopted: [], problems: [...inTheWay, ...doubles.map(refusal)] };
  const problems = doubles.flatMap(({ path, keys }) => notAdoptable(path, keys, options));
  return { adopted: doubles.map(({ path }) => path), problems: [...inTheWay, ...problems] };
}

/**
 * The rendered objects' files by identity. A namespaced object is also found by its name alone: a
 * file may leave the namespace to Flux (targetNamespace) or a kustomization. One that leaves it open is
 * that of the namespace "default" as well: kustomize takes the two for one, and builds neither.
 */
export function renderedByKey(index: OwnershipIndex): ReadonlyMap<string, string> {
  const entries = Object.entries(index.files).flatMap(([path, { identity }]) =>
    identity ? [{ path, identity }] : [],
  );
  const unnamed = entries.map(
    ({ path, identity }) => [identityKey({ ...identity, namespace: "" }), path] as const,
  );
  const open = entries.map(
    ({ path, identity }) =>
      [identityKey({ ...identity, namespace: identity.namespace || "default" }), path] as const,
  );
  const exact = entries.map(({ path, identity }) => [identityKey(identity), path] as const);
  return new Map([...unnamed, ...open, ...exact]);
}

type Double = {
  readonly path: string;
  readonly with: string;
  /** Of the rendered object; absent where the render writes the very file. */
  readonly key?: string;
  /** All objects of the file. */
  readonly keys: readonly string[];
};

function filesInNoIndex({ existing }: TreeOptions, { own, others }: TreeState) {
  const indexed = new Set([own, ...others].flatMap((each) => Object.keys(each?.files ?? {})));
  return existing.filter(({ path }) => !indexed.has(path) && !path.startsWith(`${indexFolder}/`));
}

function doublesIn(foreign: readonly TreeFile[], options: TreeOptions): readonly Double[] {
  const next = new Map(options.rendered.map(({ path, sha256 }) => [path, sha256]));
  const rendered = renderedByKey(options.index);
  const keys = new Map<string, string[]>();
  for (const { path, object } of existingObjects(foreign, options.existing)) {
    keys.set(path, [...(keys.get(path) ?? []), identityKey(identityOf(object))]);
  }
  return foreign.flatMap(({ path, sha256 }): readonly Double[] => {
    const own = keys.get(path) ?? [];
    if (next.has(path)) {
      return next.get(path) === sha256 ? [] : [{ path, with: path, keys: own }];
    }
    const key = own.find((each) => rendered.has(each));
    return key === undefined ? [] : [{ path, with: rendered.get(key) ?? "", key, keys: own }];
  });
}

function refusal({ path, with: double, key }: Double): Problem {
  const message =
    key === undefined
      ? "the render would overwrite this file, which it does not own"
      : `${key} is in this file, which nobody owns, and in ${double} of the render`;
  return { file: path, message };
}

function notAdoptable(
  path: string,
  keys: readonly string[],
  { existing, index }: TreeOptions,
): readonly Problem[] {
  const rendered = renderedByKey(index);
  const refuse = (message: string) => [
    { file: path, message: `cannot take the file over: ${message}` },
  ];
  const left = keys.find((key) => !rendered.has(key));
  if (left !== undefined) return refuse(`it also holds ${left}, which is not in the render`);
  const folder = folderOf(path);
  const beside = existing.filter(
    (file) => isKustomizationPath(file.path) && folderOf(file.path) === folder,
  );
  for (const kustomization of new Set([...beside, ...kustomizationTree(existing).above(path)])) {
    const changes = otherChanges(kustomization.text);
    if (changes.length === 0) continue;
    return refuse(
      `${kustomization.path} makes something else of it (${changes.join(", ")}). Put that into the templates or environment first`,
    );
  }
  const [kustomization] = beside;
  if (kustomization?.path !== path) return [];
  for (const entry of listedResources(kustomization.text)) {
    const lost = notCovered(entry, { folder, existing, rendered });
    if (lost !== undefined) return refuse(`it also lists ${entry}: ${lost} is not in the render`);
  }
  return [];
}

/** What an entry of a kustomization holds that is not rendered. */
function notCovered(
  entry: string,
  where: {
    readonly folder: string;
    readonly existing: readonly TreeFile[];
    readonly rendered: ReadonlyMap<string, string>;
  },
): string | undefined {
  const path = `${where.folder}/${entry.replace(/^\.\//, "")}`;
  const file = where.existing.find((each) => each.path === path);
  if (file === undefined) return "it";
  return existingObjects([file], where.existing)
    .map(({ object }) => identityKey(identityOf(object)))
    .find((key) => !where.rendered.has(key));
}

// A file, or a symbolic link, where the render needs a folder.
function blockingFiles({ existing, rendered }: TreeOptions): readonly Problem[] {
  const folders = new Set(
    rendered.flatMap(({ path }) => {
      const parts = path.split("/").slice(0, -1);
      return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
    }),
  ).add(indexFolder);
  return existing
    .filter(({ path }) => folders.has(path))
    .map(({ path }) => ({ file: path, message: "the render needs a folder where this file is" }));
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}
