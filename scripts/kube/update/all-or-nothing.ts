import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs an act that changes files; where it fails or is interrupted, files and folders are as they
 * were before.
 */
export function actOrRestore(root: string, paths: readonly string[], act: () => void): void {
  const before = snapshot(root, paths);
  let isDone = false;
  // Ctrl+C ends the act's own process too, which then fails; ours has to live until it has restored.
  const stay = () => undefined;
  process.on("SIGINT", stay);
  try {
    act();
    isDone = true;
  } finally {
    if (!isDone) restore(root, paths, before);
    process.off("SIGINT", stay);
  }
}

function restore(root: string, paths: readonly string[], before: ReadonlyMap<string, Buffer>) {
  for (const file of snapshot(root, paths).keys()) if (!before.has(file)) rmSync(join(root, file));
  for (const [file, bytes] of before) writeFileSync(join(root, file), bytes);
}

function snapshot(root: string, paths: readonly string[]): ReadonlyMap<string, Buffer> {
  const files = paths.flatMap((path) => {
    if (!path.endsWith("/")) return existsSync(join(root, path)) ? [path] : [];
    return readdirSync(join(root, path), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => `${path}${name}`);
  });
  return new Map(files.map((file) => [file, readFileSync(join(root, file))]));
}
