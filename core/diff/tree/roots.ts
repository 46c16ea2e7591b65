import { identityKey, identityOf } from "../../manifests/identity.ts";
import { parseManifests } from "../../manifests/parse.ts";
import { environmentFolder } from "./environment-folder.ts";
import { reachOfFlux } from "./flux-reach.ts";
import { type FluxRoot, fluxRoots, type Made } from "./flux-roots.ts";
import { kustomizationIn, readKustomization } from "./kustomization.ts";
import { folderOf, isBelow, resolved } from "./paths.ts";
import { byCluster, type Groups } from "./groups-by-cluster.ts";
import { type Pair, withKept } from "./kept-kustomizations.ts";
import { pathsOf, type Reach, reachOf } from "./reach.ts";
import type { Side } from "./side-file.ts";
import { isKustomizationPath } from "../../manifests/kustomization-file.ts";

/** What is applied together, on both sides. */
export type Root = {
  /** `Kustomization flux-system/shop` in a file, a folder with a kustomization, or a plain folder. */
  readonly name: string;
  readonly before: Reach | undefined;
  readonly after: Reach | undefined;
  /** The Flux Kustomization that applies it, where that is among the files. */
  readonly flux?: Pair;
};

type Sides = { readonly before: Side; readonly after: Side };
export type MadeSides = { readonly before: Made; readonly after: Made };

/**
 * What Flux applies of the files, by what they say themselves: Flux Kustomizations among them, then
 * folders with a kustomization that no other lists, then plain folders. Each object is in one.
 * @param seen the files that Flux sees of them
 * @param made Flux Kustomizations that builds make of their files
 */
export function rootsOf(sides: Sides, seen: Sides, made?: MadeSides): readonly Root[] {
  const flux = fluxPairs(sides, seen, made);
  const covered = new Set(
    flux.flatMap(({ before, after }) => [...pathsOf(before), ...pathsOf(after)]),
  );
  const marked = environmentsOf(sides.before, sides.after);
  const of = { covered, marked, isOther: flux.length > 0 ? isNoManifest(sides) : () => false };
  const { before: old, after: next } = byCluster(
    groups(seen.before, seen.after, of),
    groups(seen.after, seen.before, of),
  );
  const names = new Set([...old.keys(), ...next.keys()]);
  const folders = [...names].map((name) => ({
    name,
    before: old.get(name),
    after: next.get(name),
  }));
  return [...flux, ...folders];
}

// What a cluster was told by hand may stand in files that Flux does not see.
function fluxPairs({ before, after }: Sides, seen: Sides, made?: MadeSides): readonly Root[] {
  const left = [...fluxRoots(before, seen.before, made?.before)];
  const take = (fits: (one: FluxRoot) => boolean): FluxRoot | undefined => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const next = fluxRoots(after, seen.after, made?.after);
  const exact = next.map((one) => ({ one, was: take(({ key }) => key === one.key) }));
  const pairs = exact.map(({ one, was }) => ({
    after: one,
    before: was ?? take(({ object }) => nameOf(object) === nameOf(one.object)),
  }));
  const lost = left.map((one) => ({
    before: one,
    after: isUnread(after, one.file) ? one : undefined,
  }));
  const all = withKept([...pairs, ...lost], seen);
  const isShared = sharedBy(all.map(rootName));
  return all.map((pair) => ({
    // Every cluster's folder may have its `flux-system/apps`.
    name: isShared(rootName(pair))
      ? `${rootName(pair)} in ${(pair.after ?? pair.before)?.file ?? ""}`
      : rootName(pair),
    before: reachOfFlux(pair.before, seen.before, seen.after),
    after: reachOfFlux(pair.after, seen.after, seen.before),
    flux: pair,
  }));
}

function rootName({ before, after }: Pair): string {
  return nameOf((after ?? before)?.object);
}

function sharedBy(names: readonly string[]): (name: string) => boolean {
  const once = new Set<string>();
  const shared = new Set(names.filter((name) => once.size === once.add(name).size));
  return (name) => shared.has(name);
}

// A file that Flux cannot read takes nothing away: what it applied stays.
function isUnread(side: Side, path: string): boolean {
  const file = side.get(path);
  if (file?.text === undefined) return file !== undefined;
  return parseManifests(file.text, path, { as: "flux" }).problems.length > 0;
}

function nameOf(object: FluxRoot["object"] | undefined): string {
  return object === undefined ? "" : identityKey(identityOf(object));
}

/** The folders of a side that are applied by themselves, by environment. */
function groups(
  side: Side,
  other: Side,
  of: {
    readonly covered: ReadonlySet<string>;
    readonly marked: ReturnType<typeof environmentsOf>;
    readonly isOther: (path: string) => boolean;
  },
): Groups {
  const { covered, marked, isOther } = of;
  const found = new Map<string, Reach[]>();
  const add = (name: string, reach: Reach) => {
    const all = found.get(name) ?? [];
    all.push(reach);
    found.set(name, all);
  };
  const kustomizations = [...side.keys()].filter(isKustomizationPath);
  const listed = new Set(
    [side, other].flatMap((one) =>
      [...one.keys()].filter(isKustomizationPath).flatMap((path) => foldersListed(one, path)),
    ),
  );
  const addFolder = (path: string): Reach => {
    const folder = folderOf(path);
    const name = marked(folder) ?? environmentFolder(folder) ?? folder;
    const reach = reachOf(side, folder, other);
    add(name, { ...reach, parts: [{ key: folder, ask: { path: folder }, file: path, reach }] });
    return reach;
  };
  const own = kustomizations.filter(
    (path) =>
      !covered.has(path) &&
      !isBelow(path, "high-level") &&
      !isComponent(side, path) &&
      kustomizationIn(side, folderOf(path))?.path === path,
  );
  for (const path of own) if (!listed.has(folderOf(path))) addFolder(path);
  // Folders that list each other are in the list of another each: one of them stands for the circle.
  const circled = new Set<string>();
  const mayCircle = own.filter((path) => listed.has(folderOf(path)));
  // One that closes or opens with the change is the same root on both sides.
  const isCircle = (path: string) => [side, other].some((one) => isInCircle(one, folderOf(path)));
  for (const path of mayCircle.filter(isCircle).sort()) {
    if (!circled.has(path)) for (const input of addFolder(path).inputs) circled.add(input);
  }
  const taken = new Set([
    ...covered,
    ...[...found.values()].flat().flatMap(pathsOf),
    ...kustomizations,
  ]);
  for (const path of side.keys()) {
    if (taken.has(path) || !isPlainManifest(path, side)) continue;
    const folder = folderOf(path);
    if (marked(folder) === undefined && isOther(path)) continue;
    const name = marked(folder) ?? environmentFolder(folder) ?? folder.split("/")[0] ?? "";
    const files = [{ path, namespace: undefined, isGuess: true as const }];
    add(name, { files, inputs: new Set(), transforms: [], refusals: [] });
  }
  return found;
}

/** Folders of environments that our own bookkeeping marks. */
function environmentsOf(...sides: readonly Side[]): (folder: string) => string | undefined {
  const marks = sides.flatMap((side) =>
    [...side.keys()]
      .filter((path) => folderOf(path).endsWith(".fluxgate"))
      .map((path) => folderOf(folderOf(path))),
  );
  const known = [...new Set(marks)].sort((a, b) => b.length - a.length);
  return (folder) => known.find((one) => folder === one || isBelow(folder, one));
}

// Nobody builds a component by itself.
function isComponent(side: Side, path: string): boolean {
  return /^kind:\s*['"]?Component\b/m.test(side.get(path)?.text ?? "");
}

function isInCircle(side: Side, folder: string): boolean {
  const seen = new Set<string>();
  const left = [folder];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const file = kustomizationIn(side, next);
    for (const one of file === undefined ? [] : foldersListed(side, file.path)) {
      if (one === folder) return true;
      if (!seen.has(one)) left.push(one);
      seen.add(one);
    }
  }
  return false;
}

function foldersListed(side: Side, path: string): readonly string[] {
  const file = side.get(path);
  const result = file === undefined ? undefined : readKustomization(file);
  if (result === undefined || !("read" in result)) return [];
  return result.read.lists.flatMap((entry) => resolved(folderOf(path), entry) ?? []);
}

// Flux looks into hidden folders too; at the root and by these names they are others' affair.
const ofPipelines =
  /^\.[^/]+\/|(^|\/)(\.(azuredevops|azure-pipelines|pipelines|vscode|devcontainer)\/|azure-pipelines[^/]*$|fluxgate\.ya?ml$)/;

// Beside a kustomization only what it lists counts; a chart's files are its templates.
function isPlainManifest(path: string, side: Side): boolean {
  if (!/\.ya?ml$/.test(path) || isBelow(path, "high-level")) return false;
  if (ofPipelines.test(path)) return false;
  return kustomizationIn(side, folderOf(path)) === undefined && chartOf(path, side) === undefined;
}

// Where Flux Kustomizations say what is applied, a file that they do not reach and that holds no
// object on either side (helmfile, Taskfile, Talos) is for somebody else.
function isNoManifest({ before, after }: Sides): (path: string) => boolean {
  return (path) =>
    [before, after].every((side) => {
      const file = side.get(path);
      return file === undefined || (file.text !== undefined && !file.text.includes("apiVersion"));
    });
}

/** The folder of the Helm chart that a file is part of. */
export function chartOf(path: string, side: Side): string | undefined {
  const parts = path.split("/").slice(0, -1);
  for (let length = parts.length; length > 0; length -= 1) {
    const folder = parts.slice(0, length).join("/");
    if (side.has(`${folder}/Chart.yaml`)) return folder;
  }
  return undefined;
}
