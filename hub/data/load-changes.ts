import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { changedPaths } from "../../clients/azure-devops/diffs.ts";
import { readFile } from "../../clients/azure-devops/items.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { FileChange } from "../../core/azure-devops/types.ts";
import { holdsObjects, type ManifestFile } from "../../core/diff/read-objects.ts";
import type { Comparison } from "./load-pull-request.ts";

/** The changed files of a pull request: those with objects as text, the others by name. */
export type ChangedFiles = {
  readonly before: readonly ManifestFile[];
  readonly after: readonly ManifestFile[];
  readonly others: readonly FileChange[];
  /** Files beyond what a page reads. */
  readonly unread: number;
};

/** A page reads no more: two calls a file, and somebody waits for it. */
const mostFiles = 600;
const atOnce = 6;

export async function loadChanges(
  ado: AzureDevOps,
  { repo, comparison }: { readonly repo: RepositoryRef; readonly comparison: Comparison },
): Promise<ChangedFiles> {
  const { before, after } = comparison;
  const changes = await changedPaths(ado, { repo, base: before, target: after });
  const manifests = changes.filter(({ path }) => holdsObjects(path));
  const shown = manifests.slice(0, mostFiles);
  const read = await mapLimited(shown, atOnce, async (change) => ({
    before: await text(
      change.changeType.includes("add") ? undefined : (change.originalPath ?? change.path),
      before,
    ),
    after: await text(change.changeType.includes("delete") ? undefined : change.path, after),
  }));

  async function text(path: string | undefined, commit: string): Promise<ManifestFile | undefined> {
    if (path === undefined) return undefined;
    const content = await readFile(ado, { repo, commit, path });
    return content === undefined ? undefined : { path, text: content };
  }

  return {
    before: read.flatMap((file) => file.before ?? []),
    after: read.flatMap((file) => file.after ?? []),
    others: changes.filter(({ path }) => !holdsObjects(path)),
    unread: manifests.length - shown.length,
  };
}
