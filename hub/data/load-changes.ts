import {
  type AzureDevOps,
  oddAnswer,
  type RepositoryRef,
} from "../../clients/azure-devops/connection.ts";
import { readChangedPaths } from "../../clients/azure-devops/diffs.ts";
import { listWholeTree, type TreeEntry } from "../../clients/azure-devops/items.ts";
import type { FileChange } from "../../core/azure-devops/types.ts";
import { holdsObjects } from "../../core/diff/read-objects.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";
import type { TwoSides } from "./analyse.ts";
import { readSides } from "./read-sides.ts";
import { isKustomizationPath } from "../../core/manifests/kustomization-file.ts";

/** All files of both sides by name and blob; texts of those that changed, and of what builds on them. */
export type ChangedFiles = TwoSides & {
  readonly changes: readonly FileChange[];
  /** What was not read: too much for a page. */
  readonly unread: readonly string[];
};

/** A page reads no more: somebody waits for it, and its memory has an end. */
const mostFiles = 5000;
/** Of kustomizations that did not change, and may build on what did. */
const mostKustomizations = 2000;
/**
 * Of files that did not change, and by their names may hold Flux Kustomizations (`clusters/prod.yaml`,
 * `flux-system/gotk-sync.yaml`): what these say of pruning, variables and patches counts for what did.
 */
const mostOfFlux = 200;
const namedForFlux = /(^|[/._-])(flux|gotk|fleet|clusters?|sync|kustomizations?)([/._-]|$)/i;

type Pair = { readonly repo: RepositoryRef; readonly before: string; readonly after: string };

export async function loadChanges(
  ado: AzureDevOps,
  { repo, before, after }: Pair,
): Promise<ChangedFiles> {
  const [changes, old, next] = await Promise.all([
    readChangedPaths(ado, { repo, base: before, target: after }),
    listWholeTree(ado, { repo, commit: before }),
    listWholeTree(ado, { repo, commit: after }),
  ]);
  const sides = {
    before: old.map(sideFile),
    after: next.map(sideFile),
  };
  const named = changes.flatMap(({ path, originalPath }) => [path, originalPath ?? path]);
  const touched = new Set([...named, ...differingPaths(sides)]);
  refuseEmpty(sides, new Set(named));
  const wanted = [...touched].filter((path) => holdsObjects(path) || isKustomizationPath(path));
  const shown = wanted.slice(0, mostFiles);
  const others = unchangedFiles(sides, touched).filter(isKustomizationPath);
  const told = unchangedFiles(sides, touched).filter(mayTellOfFlux).sort(byDepth);
  const texts = [...shown, ...others.slice(0, mostKustomizations), ...told.slice(0, mostOfFlux)];
  return {
    ...(await readSides(ado, { repo, sides, paths: texts })),
    changes,
    unread: [
      ...wanted.slice(mostFiles).map((path) => `${path}: was not read: too many files change`),
      ...(others.length > mostKustomizations
        ? [
            `${others.length - mostKustomizations} kustomizations were not read, which may build on what changes`,
          ]
        : []),
    ],
  };
}

function sideFile({ path, blob, kind }: TreeEntry): SideFile {
  const file = { path, id: blob, ...(kind && { kind }) };
  return kind === "submodule" ? { ...file, unread: "this is a submodule" } : file;
}

// By their ids: a list of changes that is not whole hides nothing.
function differingPaths({ before, after }: TwoSides): readonly string[] {
  const [old, next] = [before, after].map(
    (side) => new Map(side.map(({ path, id }) => [path, id])),
  );
  const paths = new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])]);
  return [...paths].filter((path) => old?.get(path) !== next?.get(path));
}

// A commit without files is rare, an answer without them is not: what leaves is named by both calls.
function refuseEmpty({ before, after }: TwoSides, named: ReadonlySet<string>): void {
  const [one, other] = before.length === 0 ? [before, after] : [after, before];
  if (one.length > 0 || other.every(({ path }) => named.has(path))) return;
  throw oddAnswer("the files of a commit were not listed");
}

function unchangedFiles({ before, after }: TwoSides, touched: ReadonlySet<string>) {
  const paths = new Set([...before, ...after].map(({ path }) => path));
  return [...paths].filter((path) => !touched.has(path));
}

function mayTellOfFlux(path: string): boolean {
  return holdsObjects(path) && !isKustomizationPath(path) && namedForFlux.test(path);
}

function byDepth(a: string, b: string): number {
  return a.split("/").length - b.split("/").length;
}
