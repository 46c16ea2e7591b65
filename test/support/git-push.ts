import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { IdentityName } from "./sandbox.ts";

export type Change = {
  /** Path → new content; undefined removes the file. */
  readonly files: Readonly<Record<string, string | undefined>>;
  readonly message?: string;
  readonly branch?: string;
  readonly as?: IdentityName;
  /** Before the push: puts the branch back to this commit (needs the right to force). */
  readonly resetTo?: string;
};

/** Clones, changes, commits and pushes with the real git; returns the new commit. */
export function gitPush(url: string, change: Change): string {
  const { files, message = "Change", branch = "main", as = "developer", resetTo } = change;
  const directory = mkdtempSync(join(tmpdir(), "fluxgate-push-"));
  const header = `AUTHORIZATION: Basic ${Buffer.from(`:sandbox-${as}`).toString("base64")}`;
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", `http.extraheader=${header}`, ...args], {
      cwd: directory,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"],
        HOME: directory,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_TERMINAL_PROMPT: "0",
        GIT_AUTHOR_NAME: as,
        GIT_AUTHOR_EMAIL: `${as}@fabrikam.com`,
        GIT_COMMITTER_NAME: as,
        GIT_COMMITTER_EMAIL: `${as}@fabrikam.com`,
      },
    });
  try {
    git("clone", "--quiet", "--branch", branch, url, ".");
    if (resetTo !== undefined) git("reset", "--quiet", "--hard", resetTo);
    for (const [path, content] of Object.entries(files)) {
      if (content === undefined) rmSync(join(directory, path));
      else {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), content);
      }
    }
    git("add", "--all");
    if (Object.keys(files).length > 0) git("commit", "--quiet", "--message", message);
    git("push", "--quiet", ...(resetTo === undefined ? [] : ["--force"]), "origin", branch);
    return git("rev-parse", "HEAD").trim();
  } finally {
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}
