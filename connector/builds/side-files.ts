import { isIgnoreFile } from "../../core/flux/ignore/left-out.ts";
import { foldersAround, isUnder } from "../../core/flux/folder.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

/** Path → blob, of all files that a build may reach. */
export type SideFiles = ReadonlyMap<string, string>;

/** What a commit replaced: path → blob, undefined where there was none. */
export type Replaced = ReadonlyMap<string, string | undefined>;

/** At X, and as if X had changed none of its files: so another team's commits between are in both. */
export type Sides = { readonly before: SideFiles; readonly after: SideFiles };

/** @param of.roots folders and files that a Kustomization builds from */
export async function listSides(
  repository: Pick<ManifestsRepository, "tree" | "beside">,
  commit: string,
  of: { readonly roots: readonly string[]; readonly replaced?: Replaced | undefined },
): Promise<Sides> {
  const after = new Map<string, string>();
  for (const root of of.roots) {
    for (const { path, blob } of await repository.tree(commit, root)) after.set(path, blob);
  }
  const around = new Set(of.roots.flatMap((root) => foldersAround(root).slice(1)));
  for (const folder of around) {
    // What the artefact leaves out is said there too.
    const files = await repository.beside(commit, folder);
    for (const { path, blob } of files.filter(({ path }) => isIgnoreFile(path)))
      after.set(path, blob);
  }
  const before = new Map(after);
  for (const [path, blob] of of.replaced ?? []) {
    if (!isIgnoreFile(path) && !of.roots.some((root) => isUnder(path, root))) continue;
    if (blob === undefined) before.delete(path);
    else before.set(path, blob);
  }
  return { before, after };
}
