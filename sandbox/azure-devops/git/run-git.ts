import { runProgram } from "../../processes/run-program.ts";

export class GitFailure extends Error {
  readonly exitCode: number;
  /** Some commands answer by it although they fail. */
  readonly stdout: string;

  constructor(
    args: readonly string[],
    { exitCode, stdout, stderr }: { exitCode: number; stdout: string; stderr: string },
  ) {
    super(`git ${args.join(" ")}: ${stderr.trim()}`);
    this.exitCode = exitCode;
    this.stdout = stdout;
  }
}

// Nothing of the machine's or the user's own git configuration shall change what happens here.
const environment = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

export type Author = { readonly name: string; readonly email: string; readonly date: Date };

export type GitOptions = {
  readonly input?: string | Buffer;
  readonly author?: Author;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs git in a repository and returns what it printed. @throws GitFailure */
export async function runGit(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  return (await runGitForBytes(directory, args, options)).toString("utf8");
}

/** As {@link runGit}, for content that is not text. */
export async function runGitForBytes(
  directory: string,
  args: readonly string[],
  { input, author, env }: GitOptions = {},
): Promise<Buffer> {
  const { code, stdout, stderr } = await runProgram({
    command: "git",
    args: ["-C", directory, ...args],
    env: { ...environment, ...authorEnvironment(author), ...env },
    ...(input === undefined ? {} : { input }),
  });
  if (code === 0) return stdout;
  const said = { exitCode: code, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
  throw new GitFailure(args, said);
}

function authorEnvironment(author: Author | undefined): Record<string, string> {
  if (!author) return {};
  const date = `${Math.floor(author.date.getTime() / 1000)} +0000`;
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: date,
  };
}
