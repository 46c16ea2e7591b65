// The two sides of a comparison from commits of a checkout on this machine.
import { TerminalError } from "../core/errors.ts";
import { decodeText, largestFile } from "../core/diff/tree/decode-text.ts";
import type { SideFile } from "../core/diff/tree/side-file.ts";
import { batchContents } from "./batch-contents.ts";
import { runProcess } from "./run-process.ts";

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
  const entries = listed.stdout.split("\0").flatMap((line) => {
    // The size of what the clone lacks is "BAD"; it is asked for all the same, and told as missing.
    const match = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-|BAD)\t(.+)$/s.exec(line);
    if (match === null) return [];
    const [, mode = "", blob = "", size = "", path = ""] = match;
    const kind: SideFile["kind"] =
      mode === "120000" ? "link" : mode === "160000" ? "submodule" : undefined;
    return [{ isFile: kind === undefined, kind, blob, size: Number(size), path }];
  });
  const wanted = entries.filter(({ isFile, size }) => isFile && !(size > largestFile));
  const request = Buffer.from(wanted.map(({ blob }) => `${blob}\n`).join(""));
  const { bytes } = await runToEnd(place, ["cat-file", "--batch"], request);
  const contents = batchContents(bytes);
  const decoded = new Map(wanted.map(({ path }, at) => [path, decodeText(contents[at] ?? none)]));
  return entries.map(({ path, isFile, kind, blob }) => ({
    path,
    id: blob,
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
