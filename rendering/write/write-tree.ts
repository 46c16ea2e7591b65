import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { InputError, TerminalError, causeText } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { sha256 } from "../../clients/sha256.ts";
import { demandNoLinks, fileState } from "./file-state.ts";
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
export function writeTree(root: string, change: TreeChange, beforeStep: BeforeStep): void {
  const { writes, deletes, indexes } = change;
  const paths = [...writes.keys(), ...deletes, ...indexes.keys()];
  if (paths.length === 0) return;
  demandNoLinks(root, paths);
  demandNoFolders(root, [...writes.keys(), ...indexes.keys()]);
  const folder = join(root, journalFolder);
  const texts: string[] = [];
  const write = ([path, text]: readonly [string, string]): JournalStep => {
    const staged = texts.push(text) - 1;
    return { path, before: fileState(join(root, path)), after: sha256(text), staged };
  };
  try {
    const steps = [
      ...[...writes].map(write),
      ...deletes.map((path) => ({ path, before: fileState(join(root, path)) })),
      ...[...indexes].map(write),
    ];
    for (const [index, text] of texts.entries()) {
      beforeStep(`stage ${index}`);
      writeFileSync(join(folder, String(index)), text);
    }
    beforeStep("journal");
    storeJournal(folder, steps);
  } catch (cause) {
    leaveNothing(folder);
    throw refusal(root, { cause, isBegun: false });
  }
  carryOut(root, beforeStep);
}

/**
 * Does what a render before began and did not end. Files that somebody changed since then stay as
 * they are; where somebody has put an old one back in place of a new one, nothing is done.
 * @returns whether there was anything to finish.
 */
export function finishWriting(root: string, beforeStep: BeforeStep): boolean {
  const folder = join(root, journalFolder);
  const steps = readJournal(folder);
  const isBegun = steps !== undefined && !steps.some((step) => isPutBack(root, step));
  if (isBegun) carryOut(root, beforeStep);
  else clear(folder);
  return isBegun;
}

// By `git checkout`, say: its new content is gone, so that the index must not speak of it.
function isPutBack(root: string, { path, before, staged }: JournalStep): boolean {
  if (staged === undefined || existsSync(join(root, journalFolder, String(staged)))) return false;
  return fileState(join(root, path)) === before;
}

function carryOut(root: string, beforeStep: BeforeStep): void {
  const folder = join(root, journalFolder);
  try {
    const steps = readJournal(folder) ?? [];
    demandNoLinks(
      root,
      steps.map(({ path }) => path),
    );
    for (const step of steps) {
      beforeStep(`${step.after === undefined ? "delete" : "write"} ${step.path}`);
      carryOutStep(root, step);
    }
    beforeStep("end");
    clear(folder);
  } catch (cause) {
    throw refusal(root, { cause, isBegun: true });
  }
}

function carryOutStep(root: string, step: JournalStep): void {
  const { path, before, staged } = step;
  const target = join(root, path);
  const isAsBefore = fileState(target) === before;
  if (staged === undefined) {
    if (isAsBefore) rmSync(target, { force: true });
    removeEmpty(dirname(target), root);
    return;
  }
  const from = join(root, journalFolder, String(staged));
  if (!isAsBefore || fileState(from) === undefined) return;
  mkdirSync(dirname(target), { recursive: true });
  renameSync(from, target);
}

// Why writing failed is what counts, also where nothing can be removed either.
function leaveNothing(folder: string): void {
  try {
    clear(folder);
  } catch {
    // Without a journal the rest means nothing.
  }
}

// The journal goes first: without it the rest means nothing.
function clear(folder: string): void {
  rmSync(join(folder, "journal.json"), { force: true });
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (name !== "owner.json") rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function demandNoFolders(root: string, paths: readonly string[]): void {
  const problems: Problem[] = [];
  for (const path of paths) {
    const found = lstatSync(join(root, path), { throwIfNoEntry: false });
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

function removeEmpty(folder: string, root: string): void {
  if (folder === root || !folder.startsWith(root)) return;
  const isThere = existsSync(folder);
  if (!isThere || readdirSync(folder).length === 0) {
    if (isThere) rmdirSync(folder);
    removeEmpty(dirname(folder), root);
  }
}
