import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runProgram } from "../../processes/run-program.ts";
import type { IdentityName } from "./sandbox-with.ts";

export type Change = {
  /** Path → new content; undefined removes the file. */
  readonly files: Readonly<Record<string, string | undefined>>;
  readonly message?: string;
  readonly branch?: string;
  readonly as?: IdentityName;
  /** Before the push: puts the branch back to this commit (needs the right to force). */
  readonly resetTo?: string;
};

// A folder that goes at once needs no tidying, for which git would start a process each time.
const settings = ["-c", "maintenance.auto=false", "-c", "gc.auto=0"];

/** Clones, changes, commits and pushes with the real git; returns the new commit. */
export async function gitPush(url: string, change: Change): Promise<string> {
  const { files, message = "Change", branch = "main", as = "developer", resetTo } = change;
  const directory = mkdtempSync(join(tmpdir(), "fluxgate-push-"));
  const header = `AUTHORIZATION: Basic ${Buffer.from(`:sandbox-${as}`).toString("base64")}`;
  const git = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await runProgram({
      command: "git",
      args: ["-C", directory, ...settings, "-c", `http.extraheader=${header}`, ...args],
      timeoutMs: 30_000,
      env: {
        PATH: process.env["PATH"],
        HOME: directory,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_TEMPLATE_DIR: "",
        GIT_TERMINAL_PROMPT: "0",
        GIT_AUTHOR_NAME: as,
        GIT_AUTHOR_EMAIL: `${as}@fabrikam.com`,
        GIT_COMMITTER_NAME: as,
        GIT_COMMITTER_EMAIL: `${as}@fabrikam.com`,
      },
    });
    if (code !== 0) throw new Error(`git ${args.join(" ")}: ${stderr.toString().trim()}`);
    return stdout.toString().trim();
  };
  try {
    await git("clone", "--quiet", "--branch", branch, url, ".");
    if (resetTo !== undefined) await git("reset", "--quiet", "--hard", resetTo);
    for (const [path, content] of Object.entries(files)) {
      if (content === undefined) rmSync(join(directory, path));
      else {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), content);
      }
    }
    await git("add", "--all");
    if (Object.keys(files).length > 0) await git("commit", "--quiet", "--message", message);
    await git("push", "--quiet", ...(resetTo === undefined ? [] : ["--force"]), "origin", branch);
    return await git("rev-parse", "HEAD");
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}
