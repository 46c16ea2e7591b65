import { runGit } from "./run-git.ts";

type Person = { readonly name: string; readonly email: string; readonly date: string };

export type RawCommit = {
  readonly id: string;
  readonly parents: readonly string[];
  readonly tree: string;
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
};

/** What `git log` with these arguments lists. */
export async function readCommits(
  directory: string,
  args: readonly string[],
): Promise<readonly RawCommit[]> {
  const format = ["%H", "%P", "%T", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join("%x00");
  const out = await runGit(directory, ["log", "-z", `--format=${format}%x00`, ...args]);
  const fields = out.split("\0");
  const commits: RawCommit[] = [];
  // Ten fields a commit, then the separator of `-z`.
  for (let at = 0; at + 9 < fields.length; at += 11) {
    const [id = "", parents = "", tree = "", an = "", ae = "", ai = "", cn = "", ce = "", ci = ""] =
      fields.slice(at, at + 9);
    commits.push({
      id,
      parents: parents.split(" ").filter(Boolean),
      tree,
      author: { name: an, email: ae, date: new Date(ai).toISOString() },
      committer: { name: cn, email: ce, date: new Date(ci).toISOString() },
      message: (fields[at + 9] ?? "").trimEnd(),
    });
  }
  return commits;
}

export type ChangeCounts = { Add: number; Edit: number; Delete: number };

/** How many files each of the commits changed against its first parent. */
export async function countChanges(
  directory: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ChangeCounts>> {
  const counts = new Map<string, ChangeCounts>();
  if (ids.length === 0) return counts;
  const args = ["log", "--no-walk=unsorted", "--stdin", "--format=%x00%H", "--name-status"];
  const out = await runGit(directory, [...args, "--no-renames", "--diff-merges=first-parent"], {
    input: ids.join("\n"),
  });
  for (const part of out.split("\0").filter(Boolean)) {
    const [id = "", ...lines] = part.trim().split("\n");
    const count = { Add: 0, Edit: 0, Delete: 0 };
    for (const line of lines.filter(Boolean)) {
      if (line.startsWith("A")) count.Add += 1;
      else if (line.startsWith("D")) count.Delete += 1;
      else count.Edit += 1;
    }
    counts.set(id, count);
  }
  return counts;
}
