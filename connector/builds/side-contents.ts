import { decodeText } from "../../core/diff/tree/decode-text.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";
import { isIgnoreFile } from "../../core/flux/ignore/left-out.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { isKustomizationPath } from "../../core/manifests/kustomization-file.ts";

type Content = Pick<SideFile, "text" | "unread">;

/** What the files of one look hold, as far as it was asked for. */
export type Contents = {
  /** Reads what builds of these files will probably need. */
  readonly expect: (files: readonly (readonly [path: string, blob: string])[]) => Promise<void>;
  readonly of: (blob: string) => Content | undefined;
  readonly read: (blobs: readonly string[]) => Promise<void>;
};

// A call for each round of a build that names more files costs less than a whole monorepo.
const mostExpected = 500;

export function readContentsOf({ blobs }: Pick<ManifestsRepository, "blobs">): Contents {
  const known = new Map<string, Content>();
  async function read(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length === 0) return;
    for (const [id, content] of await blobs(missing)) {
      known.set(
        id,
        content instanceof Uint8Array ? decodeText(content) : { unread: content.message },
      );
    }
  }
  return {
    of: (blob) => known.get(blob),
    read,
    expect: async (files) => {
      const first = files.filter(([path]) => isKustomizationPath(path) || isIgnoreFile(path));
      const likely = files.filter(([path]) => /\.(ya?ml|json)$/i.test(path));
      const all = likely.length > mostExpected ? first : [...first, ...likely];
      await read(all.map(([, blob]) => blob));
    },
  };
}
