import { existsSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { InputError } from "../../core/errors.ts";

/** A folder that everything read must lie in, symbolic links resolved. */
export type Root = {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** How messages call it: `the checkout`. */
  readonly name: string;
};

/** @throws InputError when there is no such folder. */
export async function rootAt(path: string, name: string): Promise<Root> {
  try {
    return { path: await realpath(path), name };
  } catch {
    throw new InputError([{ message: `there is no folder ${path} (${name})` }]);
  }
}

const skipped = new Set([".git", "node_modules"]);
const maxFiles = 50_000;

/**
 * The files at or below a path, relative to the root with `/`, sorted; .git and node_modules left
 * out.
 * @throws InputError when the path is missing, or it or a link below leads out of the root.
 */
export async function filesUnder(root: Root, path: string): Promise<readonly string[]> {
  const found: string[] = [];
  const visited = new Set<string>();
  await collect(path);
  return found.sort((a, b) => (a < b ? -1 : 1));

  async function collect(at: string): Promise<void> {
    const real = await containedPath(root, at);
    const info = await stat(real);
    if (info.isFile()) {
      found.push(at === "." ? relative(root.path, real) : at);
      if (found.length > maxFiles) throw tooMany(path);
    } else if (info.isDirectory() && !visited.has(real)) {
      visited.add(real);
      const names = (await readdir(real)).filter((name) => !skipped.has(name));
      for (const name of names) await collect(at === "." ? name : `${at}/${name}`);
    }
  }
}

/**
 * The absolute path of a file or folder of the root, links resolved.
 * @throws InputError when it is missing or leads out.
 */
export async function containedPath(root: Root, path: string): Promise<string> {
  let real: string;
  try {
    real = await realpath(join(root.path, path));
  } catch {
    throw new InputError([{ message: `there is no file or folder ${path} in ${root.name}` }]);
  }
  const inside = relative(root.path, real);
  if (inside === ".." || inside.startsWith(`..${sep}`) || inside.startsWith(sep)) {
    throw new InputError([{ message: `${path} leads out of ${root.name}` }]);
  }
  return real;
}

/** Whether something is there; where it leads is not looked at. */
export function isThere(root: Root, path: string): boolean {
  return existsSync(join(root.path, path));
}

function tooMany(path: string): InputError {
  return new InputError([{ message: `${path} holds more than ${maxFiles} files` }]);
}
