import { readBlobs } from "../../clients/azure-devops/blobs.ts";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { listTree } from "../../clients/azure-devops/items.ts";
import { editedFiles } from "../../core/render/edited-files.ts";
import { inFolder, type OwnershipIndex } from "../../core/render/ownership-index.ts";
import type { Memory } from "./memory.ts";

/** Files of a delivery whose text is read for it, at most. */
const most = 2000;

/**
 * Files of a delivery in a folder of a commit that are not as its index records them: somebody changed
 * or removed them since.
 * @throws Error where they could not all be read
 */
export function loadEditedAt(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly commit: string;
    readonly path: string;
    readonly index: OwnershipIndex;
  },
  memory: Memory,
): Promise<readonly string[]> {
  const { repo, commit, path, index } = of;
  return memory(["edited", repo.repository, commit, path, index.delivery], async () => {
    const recorded = new Map(
      Object.entries(index.files).map(([file, { sha256 }]) => [file, sha256]),
    );
    if (recorded.size > most) throw new Error(`They are ${recorded.size}, which is too many here`);
    const tree = await listTree(ado, { repo, commit, path, recursive: true });
    const blobs = new Map(tree.map((entry) => [entry.path, entry.blob]));
    const found = [...recorded.keys()].map(
      (file) => [file, blobs.get(inFolder(path, file))] as const,
    );
    const there = found.flatMap(([file, blob]) => (blob === undefined ? [] : [{ file, blob }]));
    const contents = await readBlobs(ado, { repo, ids: there.map(({ blob }) => blob) });
    const texts = there.map(({ file, blob }) => {
      const content = contents.get(blob) ?? new Error(`${file} was not sent`);
      if (content instanceof Error) throw content;
      return [file, new TextDecoder().decode(content)] as const;
    });
    const gone = found.flatMap(([file, blob]) => (blob === undefined ? [file] : []));
    return [...editedFiles(new Map(texts), Object.fromEntries(recorded)), ...gone];
  });
}
