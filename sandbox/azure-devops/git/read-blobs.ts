import { runGitForBytes } from "./run-git.ts";

/**
 * The contents of many blobs by their ids, by one process of git however many they are; an id that is
 * no blob's has none.
 */
export async function readBlobs(
  directory: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = ids.filter((id) => /^[0-9a-f]{40}$/.test(id));
  const found = new Map<string, Buffer>();
  if (wanted.length === 0) return found;
  const input = `${wanted.join("\n")}\n`;
  const answer = await runGitForBytes(directory, ["cat-file", "--batch"], { input });
  for (let at = 0; at < answer.length;) {
    // `<id> <type> <size>` and the content, or `<id> missing`.
    const end = answer.indexOf("\n", at);
    const [id = "", type, size = ""] = answer.toString("latin1", at, end).split(" ");
    const start = end + 1;
    const next = type === "missing" ? start : start + Number(size) + 1;
    if (type === "blob") found.set(id, answer.subarray(start, next - 1));
    at = next;
  }
  return found;
}
