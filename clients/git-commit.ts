import { type GitRepository, runGit } from "./git.ts";

export type FileWrite = { readonly path: string; readonly content: Uint8Array };

export type NewCommit = {
  readonly parent: string;
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Seconds since 1970, UTC. */
  readonly time: number;
  readonly writes: readonly FileWrite[];
  readonly deletes: readonly string[];
};

const ref = "refs/fluxgate/new";

/**
 * Makes a commit on top of `parent` without a work tree; with nothing to write and delete an empty
 * one. The bytes are stored as they are. @returns its id; nothing is pushed.
 */
export async function createCommit(repository: GitRepository, commit: NewCommit): Promise<string> {
  const args = ["fast-import", "--quiet", "--force", "--date-format=raw"];
  return (await runGit(repository, args, stream(commit))).stdout.trim();
}

function stream({ parent, message, author, time, writes, deletes }: NewCommit): Uint8Array {
  const who = `${plain(author.name)} <${plain(author.email)}> ${Math.floor(time)} +0000`;
  const text = Buffer.from(message.endsWith("\n") ? message : `${message}\n`);
  return Buffer.concat([
    line(`commit ${ref}`),
    line("mark :1"),
    line(`author ${who}`),
    line(`committer ${who}`),
    line(`data ${text.length}`),
    text,
    line(""),
    line(`from ${parent}`),
    ...deletes.map((path) => line(`D ${quoted(path)}`)),
    ...writes.flatMap(({ path, content }) => [
      line(`M 100644 inline ${quoted(path)}`),
      line(`data ${content.byteLength}`),
      content,
      line(""),
    ]),
    line("get-mark :1"),
    line("done"),
  ]);
}

function line(text: string): Buffer {
  return Buffer.from(`${text}\n`);
}

// C-style, as fast-import reads paths.
function quoted(path: string): string {
  return `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`;
}

function plain(text: string): string {
  return text.replaceAll(/[<>\r\n\0]/g, " ").trim();
}
