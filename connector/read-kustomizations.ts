import { LRUCache } from "lru-cache";
import type { BlobContent } from "../clients/azure-devops/blobs.ts";
import { readKustomization, type KustomizationReading } from "./kustomization-references.ts";
import type { ReadContents } from "./read-contents.ts";
import type { ReadTree } from "./read-trees.ts";
import { isKustomizationPath } from "../core/manifests/kustomization-file.ts";

const mostFiles = 300;
const mostReadings = 20_000;

/** A folder at a commit. */
export type KustomizedFolder = {
  /** All files in it and below. */
  readonly files: readonly string[];
  /** By the path of its file. */
  readonly kustomizations: ReadonlyMap<string, KustomizationReading>;
};

export type ReadKustomizations = (
  commit: string,
  folder: string,
  /** Which of the kustomizations there are read; by default all. */
  isWanted?: (path: string) => boolean,
) => Promise<KustomizedFolder>;

/**
 * Reads what the kustomizations in a folder and below do. Files are read once for each content that
 * they ever have, many in one call.
 */
export function kustomizationReader({
  tree: readTree,
  blobs: readContents,
}: {
  readonly tree: ReadTree;
  readonly blobs: ReadContents;
}): ReadKustomizations {
  const known = new LRUCache<string, KustomizationReading>({ max: mostReadings });
  return async (commit, folder, isWanted = () => true) => {
    const tree = await readTree(commit, folder);
    const open = tree.filter(({ path }) => isKustomizationPath(path) && isWanted(path));
    const kustomizations = new Map<string, KustomizationReading>();
    for (const { path } of open.splice(mostFiles)) {
      const whole = `more than ${mostFiles} kustomizations lie below ${folder}`;
      kustomizations.set(path, { outside: [], resources: [], whole });
    }
    const unread = open.filter(({ path, blob }) => !known.has(`${path}:${blob}`));
    const contents = await readContents(unread.map(({ blob }) => blob));
    for (const { path, blob } of open) {
      const key = `${path}:${blob}`;
      const content = contents.get(blob);
      const reading = known.get(key) ?? readingOf(content, path);
      if (!(content instanceof Error)) known.set(key, reading);
      kustomizations.set(path, reading);
    }
    return { files: tree.map(({ path }) => path), kustomizations };
  };
}

// One that cannot be read hides no other.
function readingOf(content: BlobContent | undefined, path: string): KustomizationReading {
  if (content instanceof Uint8Array)
    return readKustomization(new TextDecoder().decode(content), path);
  const why = content === undefined ? "" : `: ${content.message}`;
  return { outside: [], resources: [], whole: `${path} cannot be read${why}` };
}
