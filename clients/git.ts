// git as a child process on a bare repository: no work tree, so no filter or line-end conversion
// ever touches a file, and nothing of what was fetched runs.
import { mkdir } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { batchContents } from "./batch-contents.ts";
import { type ProcessResult, runProcess } from "./run-process.ts";
import { gitEnvironment } from "./git-environment.ts";
import { gitFailure, isStale, isTransient } from "./git-failure.ts";
import { sha256 } from "./sha256.ts";
import { parseTreeListing } from "./tree-listing.ts";

export type GitRepository = {
  /** Of the bare repository. */
  readonly directory: string;
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds before each further attempt to reach the remote. */
  readonly pauses: readonly number[];
};

type Remote = {
  readonly directory: string;
  /** HTTPS, without user and token. */
  readonly url: string;
  /** Value of the Authorization header. */
  readonly authorization: string | undefined;
  readonly pauses?: readonly number[];
};

/** An empty bare repository that talks to `url`. */
export async function createBareRepository(remote: Remote): Promise<GitRepository> {
  const { directory, url, authorization, pauses = [1000, 4000, 10_000] } = remote;
  await mkdir(directory, { recursive: true });
  const env = gitEnvironment({ url, authorization });
  const repository = { directory, url, env, pauses };
  await runGit(repository, ["init", "--quiet", "--bare", "--template=", directory]);
  return repository;
}

/** One git command. @throws TerminalError with a code for what Azure DevOps refuses. */
export async function runGit(
  repository: GitRepository,
  args: readonly string[],
  input?: Uint8Array,
): Promise<ProcessResult> {
  const result = await attempt(repository, args, input);
  if (result.code !== 0) throw gitFailure(args, repository, result);
  return result;
}

function attempt(
  { directory, env }: GitRepository,
  args: readonly string[],
  input?: Uint8Array,
): Promise<ProcessResult> {
  return runProcess({
    command: "git",
    args,
    cwd: directory,
    env,
    ...(input === undefined ? {} : { input }),
    limits: { timeoutMs: 300_000 },
  });
}

/** Again after a pause when the remote could not be reached or was busy. */
async function fetchReaching(
  repository: GitRepository,
  args: readonly string[],
): Promise<ProcessResult> {
  for (const pause of repository.pauses) {
    const result = await attempt(repository, args);
    if (result.code === 0 || !isTransient(result)) return result;
    await setTimeout(pause);
  }
  return attempt(repository, args);
}

/**
 * Fetches the tips of branches, without their history.
 * @returns commit ids in the order of `branches`.
 * @throws TerminalError `branch-not-found`.
 */
export async function fetchTips(
  repository: GitRepository,
  branches: readonly string[],
): Promise<readonly string[]> {
  const specs = branches.map((name, at) => `+refs/heads/${name}:refs/fetched/${at}`);
  const quiet = ["--quiet", "--no-tags", "--no-write-fetch-head"];
  const args = ["fetch", ...quiet, "--depth=1", repository.url, ...specs];
  const result = await fetchReaching(repository, args);
  if (result.code !== 0) throw gitFailure(args, repository, result);
  const fetched = branches.map((_, at) => `refs/fetched/${at}`);
  return (await runGit(repository, ["rev-parse", ...fetched])).stdout.trim().split("\n");
}

/** A file of a commit; `sha256` of its bytes, `text` read as UTF-8. */
export type GitFile = { readonly path: string; readonly text: string; readonly sha256: string };

/**
 * What lies below a folder of a commit (paths under that folder). A link or submodule is there with
 * no text, and the digest of what git keeps of it.
 */
export async function readFolder(
  repository: GitRepository,
  { commit, folder }: { readonly commit: string; readonly folder: string },
): Promise<readonly GitFile[]> {
  const entries = await listTree(repository, ["-r", commit, "--", `${folder}/`]);
  const blobs = entries.filter(({ mode }) => mode !== "160000");
  if (entries.length === 0) return [];
  const request = Buffer.from(blobs.map(({ id }) => `${id}\n`).join(""));
  const { bytes } = await runGit(repository, ["cat-file", "--batch"], request);
  const contents = new Map(batchContents(bytes).map((content, at) => [blobs[at], content]));
  return entries.map((entry) => {
    const content = contents.get(entry) ?? Buffer.from(entry.id);
    const text = entry.mode.startsWith("100") ? content.toString("utf8") : "";
    return { path: entry.path.slice(folder.length + 1), text, sha256: sha256(content) };
  });
}

/** What is no folder in a commit on the way to a folder, or in its place; undefined for nothing. */
export async function readObstacle(
  repository: GitRepository,
  { commit, folder }: { readonly commit: string; readonly folder: string },
): Promise<string | undefined> {
  const parts = folder.split("/");
  for (const at of parts.keys()) {
    const path = parts.slice(0, at + 1).join("/");
    const [entry] = await listTree(repository, [commit, "--", path]);
    if (entry === undefined) return undefined;
    if (entry.mode !== "040000") return path;
  }
  return undefined;
}

async function listTree(repository: GitRepository, args: readonly string[]) {
  const listed = await runGit(repository, ["ls-tree", "-z", ...args]);
  return parseTreeListing(listed.stdout);
}

/** The message of a commit. */
export async function readCommitMessage(
  repository: GitRepository,
  commit: string,
): Promise<string> {
  return (await runGit(repository, ["log", "-1", "--format=%B", commit])).stdout;
}

/** The tree of a commit, and of its parent where that was fetched too. */
export async function readTreeOf(repository: GitRepository, commit: string): Promise<string> {
  return (await runGit(repository, ["rev-parse", `${commit}^{tree}`])).stdout.trim();
}

export type PushResult =
  | "pushed"
  /** Somebody else moved or made the branch in the meantime. */
  | "stale";

type Push = {
  readonly commit: string;
  readonly branch: string;
  /** What it holds before; absent: there is no such branch. */
  readonly before?: string;
};

/** Creates a branch on the remote, or moves one that still is where it was seen. */
export async function pushBranch(
  repository: GitRepository,
  { commit, branch, before = "" }: Push,
): Promise<PushResult> {
  const ref = `refs/heads/${branch}`;
  const lease = `--force-with-lease=${ref}:${before}`;
  const args = ["push", "--quiet", "--porcelain", lease, repository.url, `${commit}:${ref}`];
  const result = await fetchReaching(repository, args);
  if (result.code === 0) return "pushed";
  // What came first may have been this very push, whose answer was lost on the way.
  const mayBeDone = isStale(result) || isTransient(result);
  if (mayBeDone && (await readRemoteHead(repository, branch)) === commit) return "pushed";
  if (isStale(result)) return "stale";
  throw gitFailure(args, repository, result);
}

/** Head of a branch on the remote; undefined when there is none. */
export async function readRemoteHead(
  repository: GitRepository,
  branch: string,
): Promise<string | undefined> {
  const ref = `refs/heads/${branch}`;
  const args = ["ls-remote", "--quiet", repository.url, ref];
  const result = await fetchReaching(repository, args);
  if (result.code !== 0) throw gitFailure(args, repository, result);
  const line = result.stdout.split("\n").find((each) => each.endsWith(`\t${ref}`));
  return line?.split("\t")[0];
}
