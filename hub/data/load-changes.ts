import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { changedPaths } from "../../clients/azure-devops/diffs.ts";
import { listTree } from "../../clients/azure-devops/items.ts";
import type { FileChange } from "../../core/azure-devops/types.ts";
import { holdsObjects } from "../../core/diff/read-objects.ts";
import { isKustomizationPath } from "../../core/diff/tree/kustomization.ts";
import { isBelow } from "../../core/diff/tree/paths.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";
import type { TwoSides } from "./analyse.ts";
import type { Comparison } from "./load-pull-request.ts";
import { readSides } from "./read-sides.ts";

/** All files of both sides by name and blob; texts of those that changed, and of kustomizations. */
export type ChangedFiles = TwoSides & {
  readonly changes: readonly FileChange[];
  /** What was not read: too much for a page. */
  readonly unread: readonly string[];
};

/** A page reads no more: two calls a file, and somebody waits for it. */
const mostFiles = 600;
/** Of kustomizations that did not change, and may build on what did. */
const mostKustomizations = 100;

export async function loadChanges(
  ado: AzureDevOps,
  { repo, comparison }: { readonly repo: RepositoryRef; readonly comparison: Comparison },
): Promise<ChangedFiles> {
  const { before, after } = comparison;
  const [changes, old, next] = await Promise.all([
    changedPaths(ado, { repo, base: before, target: after }),
    listTree(ado, { repo, commit: before, path: "", recursive: true }),
    listTree(ado, { repo, commit: after, path: "", recursive: true }),
  ]);
  const sides = {
    before: old.map(({ path, blob }): SideFile => ({ path, id: blob })),
    after: next.map(({ path, blob }): SideFile => ({ path, id: blob })),
  };
  const touched = new Set(
    changes.flatMap(({ path, originalPath }) => [path, originalPath ?? path]),
  );
  const wanted = [...touched].filter((path) => holdsObjects(path) || isKustomizationPath(path));
  const shown = wanted.slice(0, mostFiles);
  const others = furtherKustomizations(sides, touched);
  const texts = [...shown, ...others.slice(0, mostKustomizations)];
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

// Nearest first. Those of folders with our own index are generated, and only list their own folder.
function furtherKustomizations({ before, after }: TwoSides, touched: ReadonlySet<string>) {
  const paths = new Set([...before, ...after].map(({ path }) => path));
  const marked = [...paths].flatMap((path) => {
    const at = path.indexOf(".fluxgate/");
    return at > 0 ? [path.slice(0, at - 1)] : [];
  });
  const around = (path: string) => {
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    return [...touched].some((one) => isBelow(one, folder));
  };
  const all = [...paths].filter((path) => isKustomizationPath(path) && !touched.has(path));
  const near = all.filter(around);
  const far = all.filter(
    (path) => !near.includes(path) && !marked.some((folder) => isBelow(path, folder)),
  );
  return [...near, ...far];
}
