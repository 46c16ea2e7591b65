import type { BuildAsk } from "./builds.ts";
import { filesBelow } from "./files-below.ts";
import {
  type Kustomization,
  kustomizationIn,
  kustomizationsIn,
  readKustomization,
  readOnlyKustomization,
  type Refusal,
} from "./kustomization.ts";
import { folderOf, isBelow, resolved } from "./paths.ts";
import type { Side, SideFile } from "./side-file.ts";
import { isInSubmodule } from "./submodules.ts";
import { isKustomizationPath } from "../../manifests/kustomization-file.ts";

/** A file whose objects Flux applies, in the namespace that a kustomization gives them. */
export type ReachedFile = {
  readonly path: string;
  readonly namespace: string | undefined;
  /** Nothing says that Flux applies it, only its place. */
  readonly isGuess?: true;
};

/** Something that makes other objects of files than they say. */
export type Transform = {
  /** The kustomization, or the file of the Flux Kustomization. */
  readonly path: string;
  /** What it does: `replicas`, `namePrefix`, `remote base https://…`. */
  readonly does: readonly string[];
  /** Its own text's meaning, to see whether it changed. */
  readonly value: unknown;
  /** Everything that goes into it. */
  readonly over: ReadonlySet<string>;
};

/** How it is named that a source leaves files out. */
export const sourceIgnore = "spec.ignore of its source";

/** What Flux builds from a folder. */
export type Reach = {
  readonly files: readonly ReachedFile[];
  /** All files that were looked at on the way, kustomizations among them. */
  readonly inputs: ReadonlySet<string>;
  readonly transforms: readonly Transform[];
  /** Why there is no build. */
  readonly refusals: readonly Refusal[];
  /** What of it Flux builds in one go; the rest is applied as it lies there. */
  readonly parts?: readonly Part[];
};

/** What Flux builds in one go, as the files alone tell it. */
export type Part = {
  /** Unique on its side: the Flux Kustomization, or the folder. */
  readonly key: string;
  readonly ask: BuildAsk;
  /** Where it is written down: the kustomization of its folder, or the Flux Kustomization's file. */
  readonly file: string;
  readonly reach: Reach;
};

type Walk = {
  readonly side: Side;
  /** Read in place of a kustomization that cannot be. */
  readonly other: Side;
  /** Folders on the way from the root, to notice a circle. */
  readonly way: readonly string[];
};

/** What is built from a folder of one side, by the rules of kustomize and of Flux' generator. */
export function reachOf(side: Side, folder: string, other: Side): Reach {
  return reachFolder(folder, { side, other, way: [] });
}

function reachFolder(folder: string, walk: Walk): Reach {
  const files = kustomizationsIn(walk.side, folder);
  const result = readOnlyKustomization(files);
  if (result === undefined) return scanned(folder, walk);
  if ("read" in result) return reachListed(folder, result.read, walk);
  const old = readOnlyKustomization(kustomizationsIn(walk.other, folder));
  const reach = old && "read" in old ? reachListed(folder, old.read, walk) : nothing;
  return {
    ...reach,
    inputs: new Set([...files.map(({ path }) => path), ...reach.inputs]),
    refusals: [...reach.refusals, result.problem],
  };
}

const nothing: Reach = { files: [], inputs: new Set(), transforms: [], refusals: [] };

function reachListed(folder: string, read: Kustomization, walk: Walk): Reach {
  const { side } = walk;
  const refuse = (message: string, file = read.path) => ({
    ...nothing,
    refusals: [{ file, message }],
  });
  const remote = read.lists.filter((entry) => isRemote(entry));
  const reaches = read.lists
    .filter((entry) => !isRemote(entry))
    .map((entry): Reach => {
      const path = entry.startsWith("/") ? undefined : resolved(folder, entry);
      if (path === undefined) return refuse(`lists ${entry}, which lies outside`);
      if (isInSubmodule(side, path)) {
        const message = `lists ${entry}, which lies in a submodule`;
        return { ...nothing, refusals: [{ file: read.path, message, isUnread: true }] };
      }
      const isPart = read.components.has(entry);
      if (side.has(path)) {
        return isPart
          ? refuse(`lists the file ${entry} as a component, which must be a folder`)
          : { ...nothing, files: [{ path, namespace: undefined }] };
      }
      const file = kustomizationIn(side, path);
      if (file === undefined) return refuse(`is listed in ${read.path}, and is not there`, path);
      const other = kindProblem(file, isPart);
      if (other !== undefined) return refuse(`lists ${entry}, which ${other}`);
      if (walk.way.includes(path) || path === folder) return refuse(`lists ${entry} in a circle`);
      return reachFolder(path, { ...walk, way: [...walk.way, folder] });
    });
  const all = joined(reaches);
  const reads = read.reads.flatMap((entry) => inputsAt(side, resolved(folder, entry)));
  const inputs = new Set([read.path, ...reads, ...all.inputs]);
  const does = [...read.changing, ...remote.map((entry) => `remote base ${entry}`)];
  const over = new Set([...inputs, ...all.files.map(({ path }) => path)]);
  const own = does.length > 0 ? [{ path: read.path, does, value: read.value, over }] : [];
  return {
    files: all.files.map((file) => ({ ...file, namespace: read.namespace ?? file.namespace })),
    inputs,
    transforms: [...own, ...all.transforms],
    refusals: all.refusals,
  };
}

// kustomize takes components under `components` only, and nothing else there.
function kindProblem(file: SideFile, asComponent: boolean): string | undefined {
  const result = readKustomization(file);
  if (!("read" in result) || result.read.isComponent === asComponent) return undefined;
  return asComponent ? "is no component" : "is a component: it belongs under components";
}

/** The parts of one build together. */
export function joined(reaches: readonly Reach[]): Reach {
  return {
    files: reaches.flatMap(({ files }) => files),
    inputs: new Set(reaches.flatMap(({ inputs }) => [...inputs])),
    transforms: reaches.flatMap(({ transforms }) => transforms),
    refusals: reaches.flatMap(({ refusals }) => refusals),
    parts: reaches.flatMap(({ parts = [] }) => parts),
  };
}

// Flux makes a kustomization of a folder without one: of its YAML files and those of the folders
// below, down to folders with a kustomization of their own.
function scanned(folder: string, walk: Walk): Reach {
  const { side } = walk;
  const paths = filesBelow(side, folder);
  const own = paths.filter(isKustomizationPath).map(folderOf);
  const outermost = [...new Set(own)].filter(
    (one) => !own.some((other) => other !== one && isBelow(one, other)),
  );
  const files = paths.filter(
    (path) => /\.ya?ml$/.test(path) && !outermost.some((one) => isBelow(path, one)),
  );
  return joined([
    { ...nothing, files: files.map((path) => ({ path, namespace: undefined })) },
    ...outermost.map((one): Reach => {
      const file = kustomizationIn(side, one);
      const message = file === undefined ? undefined : kindProblem(file, false);
      return file === undefined || message === undefined
        ? reachFolder(one, { ...walk, way: [...walk.way, folder] })
        : { ...nothing, inputs: new Set([file.path]), refusals: [{ file: file.path, message }] };
    }),
  ]);
}

function inputsAt(side: Side, path: string | undefined): readonly string[] {
  if (path === undefined) return [];
  return side.has(path) ? [path] : filesBelow(side, path);
}

function isRemote(entry: string): boolean {
  return (
    /^[a-z+]+:{1,2}/i.test(entry) || /[?&]ref=/.test(entry) || /^(git@|github\.com\/)/.test(entry)
  );
}

/** All files that it builds from. */
export function pathsOf(reach: Reach | undefined): readonly string[] {
  return reach === undefined ? [] : [...reach.inputs, ...reach.files.map(({ path }) => path)];
}
