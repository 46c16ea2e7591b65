import type { SideBytes } from "../core/charts/side-bytes.ts";
import { readBlobsInCheckout, runGitInCheckout } from "./git-objects.ts";
import { filesUpTo } from "./tree-listing.ts";

/** Larger files are neither manifests nor charts. */
const maxBytes = 32 * 1024 * 1024;

/** The files of a commit or tree of a checkout, read when they are needed; links are left out. */
export async function listTreeBytes(folder: string, tree: string): Promise<SideBytes> {
  const args = ["ls-tree", "-r", "-l", "-z", "--full-tree", tree];
  const listed = (await runGitInCheckout(folder, args)).toString("utf8");
  const ids = new Map(filesUpTo(maxBytes, listed).map(({ path, id }) => [path, id]));
  return {
    ids,
    read: async (paths) => {
      const wanted = paths.filter((path) => ids.has(path));
      const contents = await readBlobsInCheckout(
        folder,
        wanted.map((path) => ids.get(path) ?? ""),
      );
      return new Map(wanted.map((path, at) => [path, contents[at] ?? Buffer.alloc(0)]));
    },
  };
}
