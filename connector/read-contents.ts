import { LRUCache } from "lru-cache";
import { readBlobs, type BlobContent } from "../clients/azure-devops/blobs.ts";
import { oddAnswer } from "../clients/azure-devops/connection.ts";
import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { digestGitBlob } from "../clients/git-blob-id.ts";

/** By id; one that cannot be read says why, and hides no other. */
export type ReadContents = (ids: readonly string[]) => Promise<ReadonlyMap<string, BlobContent>>;

const mostBytes = 16 * 1024 * 1024;

/** Contents of files by their ids in git: each is read once while there is room for it. */
export function contentReader(ado: AzureDevOps, repo: RepositoryRef): ReadContents {
  const known = new LRUCache<string, Uint8Array>({ maxSize: mostBytes });
  return async (ids) => {
    const found = new Map<string, BlobContent>();
    for (const id of ids) {
      const content = known.get(id);
      if (content !== undefined) found.set(id, content);
    }
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length === 0) return found;
    for (const [id, answered] of await readBlobs(ado, { repo, ids: missing })) {
      const content = await checkBlob(id, answered);
      found.set(id, content);
      if (content instanceof Uint8Array) known.set(id, content, { size: content.length || 1 });
    }
    return found;
  };
}

async function checkBlob(id: string, answered: BlobContent): Promise<BlobContent> {
  const isIt = answered instanceof Error || (await digestGitBlob(answered)) === id;
  return isIt ? answered : oddAnswer(`it is not blob ${id}`);
}
