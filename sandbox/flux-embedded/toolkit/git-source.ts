// What source-controller does with git: ask the remote, fetch, pack an artifact.
import { createHash } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runTool } from "./run-tool.ts";

export type GitReference = {
  readonly branch?: string;
  readonly tag?: string;
  readonly name?: string;
  readonly commit?: string;
};

export type GitRemote = {
  readonly url: string;
  readonly reference: GitReference;
  /** Basic auth or a bearer token; never in the URL or on a command line. */
  readonly authorization?: string;
  /** Bare repository that fetched objects lie in. */
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
};

export class GitFailure extends Error {}

/** Revision at the remote now, e.g. `main@sha1:<sha>`. @throws GitFailure */
export async function readRemoteRevision(
  remote: GitRemote,
  { cloned }: { readonly cloned: boolean },
): Promise<{ readonly revision: string; readonly sha: string; readonly ref: string }> {
  const { reference } = remote;
  const ref =
    reference.name ?? (reference.tag ? `refs/tags/${reference.tag}` : branchRef(reference));
  const listed = await git(remote, ["ls-remote", "--", remote.url, ref, `${ref}^{}`]);
  if (listed.code !== 0) {
    throw new GitFailure(
      `failed to checkout and determine revision: unable to ${cloned ? "list remote for" : "clone"} '${remote.url}': ${cause(remote, listed.stderr)}`,
    );
  }
  const lines = listed.stdout.toString("utf8").trim().split("\n").filter(Boolean);
  const line = lines.find((text) => text.endsWith("^{}")) ?? lines[0];
  const sha = reference.commit ?? line?.split("\t")[0];
  if (!sha) {
    throw new GitFailure(
      `failed to checkout and determine revision: unable to clone '${remote.url}': couldn't find remote ref "${ref}"`,
    );
  }
  const shown = reference.name ?? reference.tag ?? reference.branch ?? "master";
  return { revision: `${shown}@sha1:${sha}`, sha, ref };
}

/** Fetches the commit and packs it; digest and size are of the packed file. @throws GitFailure */
export async function storeArtifact(
  remote: GitRemote,
  { sha, ref, file }: { readonly sha: string; readonly ref: string; readonly file: string },
) {
  await mkdir(remote.directory, { recursive: true });
  await git(remote, ["init", "-q", "--bare", remote.directory]);
  const fetched = await git(remote, [
    "-C",
    remote.directory,
    "fetch",
    "-q",
    "--depth=1",
    "--",
    remote.url,
    ref,
  ]);
  if (fetched.code !== 0) {
    throw new GitFailure(
      `failed to checkout and determine revision: unable to clone '${remote.url}': ${cause(remote, fetched.stderr)}`,
    );
  }
  const packed = await git(remote, [
    "-C",
    remote.directory,
    "archive",
    "--format=tar",
    `${sha}^{tree}`,
  ]);
  if (packed.code !== 0) {
    throw new GitFailure(
      `failed to checkout and determine revision: ${cause(remote, packed.stderr)}`,
    );
  }
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, packed.stdout);
  const log = await git(remote, ["-C", remote.directory, "log", "-1", "--format=%s", sha]);
  return {
    digest: `sha256:${createHash("sha256").update(packed.stdout).digest("hex")}`,
    size: packed.stdout.length,
    subject: log.stdout.toString("utf8").trim(),
  };
}

/** Unpacks an artifact into an empty folder. */
export async function unpackArtifact(
  file: string,
  { directory, signal }: { readonly directory: string; readonly signal: AbortSignal },
): Promise<boolean> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const { code } = await runTool("tar", ["-xf", file, "-C", directory], { signal });
  return code === 0;
}

function branchRef({ branch = "master" }: GitReference): string {
  return `refs/heads/${branch}`;
}

function git({ authorization, signal, timeoutMs }: GitRemote, args: readonly string[]) {
  const env: Record<string, string> = authorization
    ? {
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "http.extraHeader",
        GIT_CONFIG_VALUE_0: `Authorization: ${authorization}`,
      }
    : {};
  return runTool("git", args, { signal, timeoutMs, env });
}

// git's own words → go-git's, which is what Flux shows.
function cause({ url }: GitRemote, stderr: string): string {
  if (/Authentication failed|could not read Username|403/.test(stderr)) {
    return "authentication required";
  }
  if (/not found|404/.test(stderr)) return "repository not found";
  const refused = /Failed to connect to (\S+) port (\d+)/.exec(stderr);
  if (refused) {
    const asked = `${url}/info/refs?service=git-upload-pack`;
    return `Get "${asked}": dial tcp ${refused[1]}:${refused[2]}: connect: connection refused`;
  }
  return stderr
    .replace(/^fatal: /gm, "")
    .split("\n")
    .join("; ");
}
