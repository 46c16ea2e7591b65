import { runGit, type Author } from "./run-git.ts";

export type ImportedCommit = {
  readonly branch: string;
  readonly message: string;
  /** Path → content, on top of what the first branch has. */
  readonly files: Readonly<Record<string, string>>;
};

/** One commit a branch, each of the later ones grown from the first; one process for all. */
export async function importBranches(
  directory: string,
  commits: readonly ImportedCommit[],
  author: Author,
): Promise<void> {
  if (commits.length === 0) return;
  const [trunk] = commits;
  const stream = commits.flatMap(({ branch, message, files }) => [
    `commit refs/heads/${branch}\n`,
    `committer ${author.name} <${author.email}> ${Math.floor(author.date.getTime() / 1000)} +0000\n`,
    data(message),
    ...(branch === trunk?.branch ? [] : [`from refs/heads/${trunk?.branch}\n`]),
    ...Object.entries(files).map(
      ([path, text]) =>
        `M ${text.startsWith("#!") ? 100755 : 100644} inline ${quoted(path)}\n${data(text)}`,
    ),
  ]);
  await runGit(directory, ["fast-import", "--quiet"], { input: stream.join("") });
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function quoted(path: string): string {
  return /["\n\\]/.test(path) ? JSON.stringify(path) : path;
}
