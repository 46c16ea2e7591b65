// The two sides of a comparison from commits of a checkout on this machine.
import { TerminalError } from "../core/errors.ts";
import { decodeText, largestFile } from "../core/diff/tree/decode-text.ts";
import type { SideFile } from "../core/diff/tree/side-file.ts";
import { batchContents } from "./batch-contents.ts";
import { runProcess } from "./run-process.ts";
import { parseTreeListing } from "./tree-listing.ts";

type Place = { readonly cwd: string; readonly env: Readonly<Record<string, string>> };

/** The tree or file that `HEAD~1`, `main:prod` or `main:a.yaml` names; undefined for neither. */
export async function findTree(
  place: Place,
  revision: string,
): Promise<{ readonly id: string; readonly isFile: boolean } | undefined> {
  const wanted = revision.includes(":") ? revision : `${revision}^{tree}`;
  const found = await run(place, ["rev-parse", "--verify", "--quiet", "--end-of-options", wanted]);
  const id = found.stdout.trim();
  if (found.code !== 0 || !/^[0-9a-f]{40,64}$/.test(id)) return undefined;
  const type = (await runToEnd(place, ["cat-file", "-t", id])).stdout.trim();
  return type === "tree" || type === "blob" ? { id, isFile: type === "blob" } : undefined;
}

/** Whether a clone lacks older commits, as a pipeline's checkout does by default. */
export async function isShallow(place: Place): Promise<boolean> {
  return (await run(place, ["rev-parse", "--is-shallow-repository"])).stdout.trim() === "true";
}

/** The content of one file that git stores. */
export async function readBlob(place: Place, id: string): Promise<Omit<SideFile, "path">> {
  return { ...decodeText((await runToEnd(place, ["cat-file", "blob", id])).bytes), id };
}

/** All files of a tree, decoded; links and submodules are named, not followed. */
export async function readTreeFiles(place: Place, tree: string): Promise<readonly SideFile[]> {
  const listed = await runToEnd(place, ["ls-tree", "-r", "-z", "--long", "--full-tree", tree]);
  const entries = parseTreeListing(listed.stdout).map((entry) => {
    const { mode } = entry;
    const kind: SideFile["kind"] =
      mode === "120000" ? "link" : mode === "160000" ? "submodule" : undefined;
    return { ...entry, kind, isFile: kind === undefined };
  });
  // What the clone lacks has no size; it is asked for all the same, and told as missing.
  const wanted = entries.filter(({ isFile, size = 0 }) => isFile && size <= largestFile);
  const request = Buffer.from(wanted.map(({ id }) => `${id}\n`).join(""));
  const { bytes } = await runToEnd(place, ["cat-file", "--batch"], request);
  const contents = batchContents(bytes);
  const decoded = new Map(wanted.map(({ path }, at) => [path, decodeText(contents[at] ?? none)]));
  return entries.map(({ path, isFile, kind, id }) => ({
    path,
    id,
    ...(kind && { kind }),
    ...(decoded.get(path) ?? {
      unread: isFile ? "the file is larger than 32 MiB" : `this is a ${kind}`,
    }),
  }));
}

const none = new Uint8Array();

async function runToEnd(place: Place, args: readonly string[], input?: Uint8Array) {
  const result = await run(place, args, input);
  if (result.code === 0) return result;
  throw new TerminalError(`Failed to read the commit: git says ${result.stderr.trim()}`, {
    code: "git-failed",
  });
}

function run({ cwd, env }: Place, args: readonly string[], input?: Uint8Array) {
  const limits = { maxOutput: 1024 * 1024 * 1024, timeoutMs: 300_000 };
  return runProcess({
    command: "git",
    args,
    cwd,
    env,
    ...(input === undefined ? {} : { input }),
    limits,
  });
}
