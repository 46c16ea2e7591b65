import { lstat, mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError, TerminalError, causeText } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { bytesDigest, demandNoLinks, fileState } from "./file-state.ts";
import { journalFolder, readJournal, storeJournal } from "./write-journal.ts";
import type { JournalStep } from "./write-journal.ts";

/** Paths are relative to the folder, with `/`. */
export type TreeChange = {
  /** In this order, after which come the deletes. */
  readonly writes: ReadonlyMap<string, string>;
  readonly deletes: readonly string[];
  /** Written last: what tells whose the others are. */
  readonly indexes: ReadonlyMap<string, string>;
};

/** Called before each thing that is done to the folder, with its name. */
export type BeforeStep = (step: string) => void;

/**
 * Puts files in place below `root`, whose lock the caller holds. All of them are written beside it
 * first, with a journal of what is to be done, so that a full disk or a kill leaves either the old
 * files or a journal that {@link finishWriting} carries out. Folders that became empty are removed.
 * A power failure is beyond it: nothing is forced to the disk.
 * @throws InputError for what is in the way, TerminalError when the file system refuses.
 */
export async function writeTree(
  root: string,
  change: TreeChange,
  beforeStep: BeforeStep,
): Promise<void> {
  const { writes, deletes, indexes } = change;
  const paths = [...writes.keys(), ...deletes, ...indexes.keys()];
  if (paths.length === 0) return;
  await demandNoLinks(root, paths);
  await demandNoFolders(root, [...writes.keys(), ...indexes.keys()]);
  const folder = join(root, journalFolder);
  const texts: string[] = [];
  const write = async ([path, text]: readonly [string, string]): Promise<JournalStep> => {
    const staged = texts.push(text) - 1;
    return { path, before: await fileState(join(root, path)), after: bytesDigest(text), staged };
  };
  try {
    const steps = [
      ...(await Promise.all([...writes].map(write))),
      ...(await Promise.all(
        deletes.map(async (path) => ({ path, before: await fileState(join(root, path)) })),
      )),
      ...(await Promise.all([...indexes].map(write))),
    ];
    for (const [index, text] of texts.entries()) {
      beforeStep(`stage ${index}`);
      await writeFile(join(folder, String(index)), text);
    }
    beforeStep("journal");
    await storeJournal(folder, steps);
  } catch (cause) {
    await clear(folder).catch(() => {});
    throw refusal(root, { cause, isBegun: false });
  }
  await carryOut(root, beforeStep);
}

/**
 * Does what a render before began and did not end. Files that somebody changed since then stay as
 * they are.
 * @returns whether there was anything to finish.
 */
export async function finishWriting(root: string, beforeStep: BeforeStep): Promise<boolean> {
  const folder = join(root, journalFolder);
  const isBegun = (await readJournal(folder)) !== undefined;
  if (isBegun) await carryOut(root, beforeStep);
  else await clear(folder);
  return isBegun;
}

async function carryOut(root: string, beforeStep: BeforeStep): Promise<void> {
  const folder = join(root, journalFolder);
  try {
    const steps = (await readJournal(folder)) ?? [];
    await demandNoLinks(
      root,
      steps.map(({ path }) => path),
    );
    for (const step of steps) {
      beforeStep(`${step.after === undefined ? "delete" : "write"} ${step.path}`);
      await carryOutStep(root, step);
    }
    beforeStep("end");
    await clear(folder);
  } catch (cause) {
    throw refusal(root, { cause, isBegun: true });
  }
}

async function carryOutStep(root: string, step: JournalStep): Promise<void> {
  const { path, before, staged } = step;
  const target = join(root, path);
  const isAsBefore = (await fileState(target)) === before;
  if (staged === undefined) {
    if (isAsBefore) await rm(target, { force: true });
    await removeEmpty(dirname(target), root);
    return;
  }
  const from = join(root, journalFolder, String(staged));
  if (!isAsBefore || (await fileState(from)) === undefined) return;
  await mkdir(dirname(target), { recursive: true });
  await rename(from, target);
}

// The journal goes first: without it the rest means nothing.
async function clear(folder: string): Promise<void> {
  await rm(join(folder, "journal.json"), { force: true });
  for (const name of await readdir(folder).catch(() => [])) {
    if (name !== "owner.json") await rm(join(folder, name), { recursive: true, force: true });
  }
}

async function demandNoFolders(root: string, paths: readonly string[]): Promise<void> {
  const problems: Problem[] = [];
  for (const path of paths) {
    const found = await lstat(join(root, path)).catch(() => undefined);
    if (found?.isDirectory()) {
      problems.push({ file: path, message: "the render needs a file where this folder is" });
    }
  }
  if (problems.length > 0) throw new InputError(problems, { code: "render-refused" });
}

function refusal(root: string, { cause, isBegun }: { cause: unknown; isBegun: boolean }): Error {
  if (cause instanceof InputError) return cause;
  const state = isBegun
    ? "Some files are written; the next render into it ends that first"
    : "Nothing in it was changed";
  return new TerminalError(`Failed to write the render into ${root}: ${causeText(cause)}`, {
    code: "output-not-written",
    hint: `${state}. Check the folder's rights and the free space, then render again.`,
    cause,
  });
}

async function removeEmpty(folder: string, root: string): Promise<void> {
  if (folder === root || !folder.startsWith(root)) return;
  const entries = await readdir(folder).catch(() => undefined);
  if (entries === undefined || entries.length === 0) {
    if (entries) await rmdir(folder);
    await removeEmpty(dirname(folder), root);
  }
}
