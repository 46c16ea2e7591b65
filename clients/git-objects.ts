import { TerminalError } from "../core/errors.ts";
import { batchContents } from "./batch-contents.ts";
import { gitEnvironment } from "./git-environment.ts";
import { runProcess } from "./run-process.ts";

/** Tracked files below the paths that differ from HEAD: what is there is not what git knows. */
export async function findModifiedFiles(
  folder: string,
  paths: readonly string[],
): Promise<readonly string[]> {
  const pathspecs = paths.map((path) => `:(top,literal)${path}`);
  const args = ["diff", "--name-only", "-z", "--no-ext-diff", "HEAD", "--", ...pathspecs];
  return (await runGitInCheckout(folder, args))
    .toString("utf8")
    .split("\0")
    .filter((path) => path !== "");
}

/** The bytes of blobs, in their order. @throws TerminalError as {@link runGitInCheckout} */
export async function readBlobsInCheckout(
  folder: string,
  ids: readonly string[],
): Promise<readonly Buffer[]> {
  if (ids.length === 0) return [];
  const request = Buffer.from(ids.map((id) => `${id}\n`).join(""));
  return batchContents(await runGitInCheckout(folder, ["cat-file", "--batch"], request));
}

// A checkout that has a commit goes on having one: it is asked for once.
const withCommit = new Set<string>();

/**
 * What one git command writes about a checkout.
 * @throws TerminalError `no-checkout` when the folder is no checkout with a commit.
 */
export async function runGitInCheckout(
  folder: string,
  args: readonly string[],
  input?: Uint8Array,
): Promise<Buffer> {
  const env = gitEnvironment({ url: "", authorization: undefined });
  const request = { command: "git", args, cwd: folder, env, limits: { timeoutMs: 60_000 } };
  let result = withCommit.has(folder)
    ? undefined
    : await runProcess({ ...request, args: ["rev-parse", "--verify", "HEAD"] });
  if (result === undefined || result.code === 0) {
    withCommit.add(folder);
    result = await runProcess(input === undefined ? request : { ...request, input });
  }
  if (result.code === 0) return result.bytes;
  throw new TerminalError(
    `Failed to read the commit of ${folder}: ${result.stderr.trim().split("\n")[0] ?? ""}`,
    {
      code: "no-checkout",
      hint: "Run this after the checkout step, inside the checked-out sources.",
    },
  );
}
