// How files become objects in the folders that Kustomizations build: by plain lists of resources, or
// in a way that only a build tells (design.md 4.6, "Which objects changed").
import { posix } from "node:path";
import { isUnder } from "../core/flux/folder.ts";
import { isIgnoreFile, leftOut } from "../core/flux/ignore/left-out.ts";
import type { ChangedFile, Layout } from "../core/gate/gate-input.ts";
import { inFolder, type OwnershipIndex } from "../core/render/ownership-index.ts";
import type { EnvironmentFiles } from "./environment-files.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";
import { type KustomizedFolder } from "./read-kustomizations.ts";
import { isKustomizationPath } from "../core/manifests/kustomization-file.ts";

/** Reads, for each path that a changed file is built in, how. */
export async function readLayouts(
  repository: ManifestsRepository,
  of: Pick<EnvironmentFiles, "paths" | "bases"> & {
    readonly commit: string;
    readonly changed: readonly ChangedFile[];
    /** What was rendered lists what lies beside it. */
    readonly rendered: ReadonlySet<string>;
  },
): Promise<Readonly<Record<string, Layout>>> {
  const { paths, bases, commit, changed, rendered } = of;
  const layouts: Record<string, Layout> = {};
  // Where people keep their list of what Flux shall leave out: one call a commit.
  const atRoot = async () => (await repository.beside(commit, "")).map((file) => file.path);
  for (const path of paths) {
    const outside = bases[path] ?? [];
    const folders = [path, ...outside];
    const built = changed
      .map((file) => file.path)
      .filter((file) => folders.some((folder) => isUnder(file, folder)));
    // One that was rendered into has its own kustomization, and nothing around it counts.
    if (built.length === 0 || rendered.has(inFolder(path, "kustomization.yaml"))) continue;
    const isWanted = (file: string) =>
      !rendered.has(file) &&
      (rendered.size === 0 || built.some((one) => isUnder(one, folderOf(file))));
    const read = await Promise.all(
      folders.map((folder) => repository.kustomizations(commit, folder, isWanted)),
    );
    const lists = [...read.flatMap(({ files }) => files), ...(await atRoot())].filter(isIgnoreFile);
    layouts[path] = layoutOf(path, { read, built, rendered, lists });
  }
  return layouts;
}

/** Paths of the kustomizations that an index holds. */
export function renderedKustomizations(
  folder: string,
  index: OwnershipIndex | undefined,
): ReadonlySet<string> {
  const paths = Object.keys(index?.files ?? {}).filter(isKustomizationPath);
  return new Set(paths.map((path) => inFolder(folder, path)));
}

type Read = {
  readonly read: readonly KustomizedFolder[];
  readonly built: readonly string[];
  readonly rendered: ReadonlySet<string>;
  /** Lists of files that Flux shall leave out. */
  readonly lists: readonly string[];
};

const isLeftOut = leftOut([]);

function layoutOf(path: string, { read: all, built, rendered, lists }: Read): Layout {
  const read = all.map((one) => ({ ...one, files: one.files.filter((file) => !isLeftOut(file)) }));
  const changed = built.find(
    (file) => (isKustomizationPath(file) && !rendered.has(file)) || isIgnoreFile(file),
  );
  const found = reachedFrom(path, read);
  const [list] = lists;
  const whole =
    found.whole ??
    (changed === undefined ? undefined : `${changed} changed`) ??
    (list === undefined ? undefined : `${list} leaves files out`);
  if (whole !== undefined) return { whole, unreached: [] };
  const isManifest = (file: string) => /\.(ya?ml|json)$/i.test(file) && !isKustomizationPath(file);
  const there = new Set(all.flatMap(({ files }) => files));
  return {
    unreached: built.filter(
      (file) => isManifest(file) && there.has(file) && !found.reached.has(file),
    ),
  };
}

/** Follows the lists as kustomize does, from the folder that Flux builds. */
function reachedFrom(
  path: string,
  read: readonly KustomizedFolder[],
): { readonly reached: ReadonlySet<string>; readonly whole?: string } {
  const files = [...new Set(read.flatMap((folder) => folder.files))];
  const all = new Set(files);
  const kustomizationIn = new Map(
    files.filter(isKustomizationPath).map((file) => [folderOf(file), file]),
  );
  const readings = new Map(read.flatMap(({ kustomizations }) => [...kustomizations]));
  const reached = new Set<string>();
  const seen = new Set<string>();
  const folders = [path];
  // Grows while it is walked; kustomizations may name one another.
  for (const folder of folders) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    const file = kustomizationIn.get(folder);
    const reading = file === undefined ? undefined : readings.get(file);
    if (reading?.whole !== undefined) return { reached, whole: reading.whole };
    const resources =
      reading?.resources ??
      (file === undefined ? generated(folder, files) : besides(folder, files));
    for (const resource of resources) {
      if (all.has(resource)) reached.add(resource);
      else if (kustomizationIn.has(resource)) folders.push(resource);
      else if (file !== undefined) {
        return { reached, whole: `${file} takes ${resource}, which was not found` };
      } else folders.push(resource);
    }
  }
  return { reached };
}

// Where there is none Flux makes one of all files below, and of folders that have their own.
function generated(folder: string, files: readonly string[]): readonly string[] {
  const below = files.filter((file) => isUnder(file, folder));
  const own = below.filter(isKustomizationPath).map(folderOf);
  const outermost = own.filter((one) => !own.some((other) => other !== one && isUnder(one, other)));
  return [
    ...below.filter((file) => !outermost.some((one) => isUnder(file, one))),
    ...new Set(outermost),
  ];
}

// What was rendered lists what lies beside it.
function besides(folder: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => folderOf(file) === folder && !isKustomizationPath(file));
}

function folderOf(file: string): string {
  const folder = posix.dirname(file);
  return folder === "." ? "" : folder;
}
