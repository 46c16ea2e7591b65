import type { CommitTree } from "../core/images/resolve-path.ts";
import { readBlobsInCheckout, runGitInCheckout } from "./git-objects.ts";
import { parseTreeListing } from "./tree-listing.ts";

/**
 * The whole tree of a checkout's HEAD, and where its symbolic links lead; what lies in the work
 * tree is not looked at.
 * @throws TerminalError `no-checkout` when the folder is no checkout with a commit.
 */
export async function readTreeAtHead(folder: string): Promise<CommitTree> {
  const root = (await runGitInCheckout(folder, ["rev-parse", "HEAD^{tree}"]))
    .toString("utf8")
    .trim();
  const args = ["ls-tree", "-r", "-t", "-z", "--full-tree", "HEAD"];
  const listed = (await runGitInCheckout(folder, args)).toString("utf8");
  const entries = new Map([["", { mode: "040000", id: root }]]);
  for (const { path, mode, id } of parseTreeListing(listed)) entries.set(path, { mode, id });
  const links = [...entries].filter(([, { mode }]) => mode === "120000");
  const texts = await readBlobsInCheckout(
    folder,
    links.map(([, { id }]) => id),
  );
  return {
    entries,
    links: new Map(links.map(([path], at) => [path, texts[at]?.toString("utf8") ?? ""])),
  };
}
