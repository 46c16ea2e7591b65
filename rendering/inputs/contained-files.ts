import { existsSync, lstatSync, readFileSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { InputError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { sha256 } from "../../clients/sha256.ts";
import { utf8Text } from "./utf8-text.ts";

// Everything here is synchronous: a small file that the system has in memory is read in 10 µs, while
// a promise of it takes four ways through the thread pool and ten times the processor's time.

/** A folder that everything read must lie in, symbolic links resolved. */
export type Root = {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** How messages call it: `the checkout`. */
  readonly name: string;
};

/** @throws InputError when there is no such folder. */
export function rootAt(path: string, name: string): Root {
  const cause = (text: string) =>
    new InputError([{ message: `Failed to read ${name} ${path}: ${text}` }]);
  let real: string;
  try {
    real = realpathSync.native(path);
  } catch {
    throw cause("there is no such folder");
  }
  // A file has nothing below it, which would read as an empty folder.
  if (!statSync(real).isDirectory()) throw cause("it is a file, not a folder");
  return { path: real, name };
}

const skipped = new Set([".git", "node_modules"]);
const maxFiles = 50_000;

/**
 * The files at or below a path, relative to the root with `/`, sorted; .git and node_modules left
 * out.
 * @throws InputError when the path is missing, or it or a link below leads out of the root.
 */
export function filesUnder(root: Root, path: string): readonly string[] {
  return once(root, `files ${path}`, () => findFiles(root, path));
}

function findFiles(root: Root, path: string): readonly string[] {
  const found: string[] = [];
  const visited = new Set<string>();
  follow(path);
  return found.sort((a, b) => (a < b ? -1 : 1));

  function follow(at: string): void {
    const real = containedPath(root, at);
    const info = statSync(real);
    if (info.isFile()) add(at === "." ? relative(root.path, real) : at);
    else if (info.isDirectory()) enter(at, real);
  }

  // What is no link lies where its folder lies.
  function enter(at: string, real: string): void {
    if (visited.has(real)) return;
    visited.add(real);
    for (const entry of readdirSync(real, { withFileTypes: true })) {
      if (skipped.has(entry.name)) continue;
      const inner = at === "." ? entry.name : `${at}/${entry.name}`;
      if (entry.isFile()) add(inner);
      else if (entry.isDirectory()) enter(inner, join(real, entry.name));
      else if (entry.isSymbolicLink()) follow(inner);
    }
  }

  function add(file: string): void {
    found.push(file);
    if (found.length > maxFiles) throw tooMany(path);
  }
}

/**
 * The absolute path of a file or folder of the root, links resolved.
 * @throws InputError when it is missing or leads out.
 */
export function containedPath(root: Root, path: string): string {
  return once(root, `path ${path}`, () => resolved(root, path));
}

/** Why a path of the root cannot be read; nothing when it can. */
export function pathProblems(root: Root, path: string): readonly Problem[] {
  try {
    containedPath(root, path);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

/**
 * sha256 of a file's bytes, hexadecimal.
 * @throws InputError as {@link containedPath}.
 */
export function fileDigest(root: Root, path: string): string {
  return once(root, `digest ${path}`, () => sha256(readFileSync(fileOf(root, path))));
}

/**
 * A file's text.
 * @throws InputError as {@link containedPath}, and for what is no UTF-8.
 */
export function fileText(root: Root, path: string): string {
  return utf8Text(readFileSync(fileOf(root, path)), path);
}

/** Larger files are refused: 64 MiB. */
const maxBytes = 64 * 1024 * 1024;

function fileOf(root: Root, path: string): string {
  const real = containedPath(root, path);
  const info = statSync(real);
  if (!info.isFile()) throw new InputError([{ file: path, message: "this is no file" }]);
  if (info.size <= maxBytes) return real;
  throw new InputError([{ file: path, message: "the file is larger than 64 MiB" }]);
}

function resolved(root: Root, path: string): string {
  let real: string;
  try {
    real = realpathSync.native(join(root.path, path));
  } catch {
    const link = lstatSync(join(root.path, path), { throwIfNoEntry: false })?.isSymbolicLink();
    const message = link
      ? `${path} is a link that leads nowhere`
      : `there is no file or folder ${path} in ${root.name}`;
    throw new InputError([{ message }]);
  }
  const inside = relative(root.path, real);
  if (inside === ".." || inside.startsWith(`..${sep}`) || inside.startsWith(sep)) {
    throw new InputError([{ message: `${path} leads out of ${root.name}` }]);
  }
  // .git/config holds the job's token where the checkout step left it (persistCredentials).
  if (inside.split(sep).some((part) => part.toLowerCase() === ".git")) {
    throw new InputError([{ message: `${path} leads into git's own files (.git)` }]);
  }
  return real;
}

// Many apps and environments read the same files; a Root lives as long as one render.
const answers = new WeakMap<Root, Map<string, unknown>>();

/** What `ask` answers, asked once for a root; the question tells the type of its answer. */
export function once<Answer>(root: Root, question: string, ask: () => Answer): Answer {
  const known = answers.get(root) ?? new Map<string, unknown>();
  answers.set(root, known);
  if (known.has(question)) return known.get(question) as Answer;
  const answer = ask();
  known.set(question, answer);
  return answer;
}

/** Whether something is there; where it leads is not looked at. */
export function isThere(root: Root, path: string): boolean {
  return existsSync(join(root.path, path));
}

function tooMany(path: string): InputError {
  return new InputError([{ message: `${path} holds more than ${maxFiles} files` }]);
}
