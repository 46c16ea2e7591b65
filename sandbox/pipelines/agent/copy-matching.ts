import { cp, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import picomatch from "picomatch";

/** Copies the files that the patterns choose, one a line; `!` takes away again. */
export async function copyMatching(
  folder: string,
  wanted: { readonly target: string; readonly name: string; readonly patterns: string },
): Promise<void> {
  const { target, name, patterns } = wanted;
  const lines = patterns
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = relative(folder, join(entry.parentPath, entry.name));
    let chosen = false;
    for (const line of lines) {
      const takes = !line.startsWith("!");
      const matches = picomatch(takes ? line : line.slice(1), { dot: true, nonegate: true });
      // Patterns are relative to the artefact, or begin with its name.
      if (matches(path) || matches(`${name}/${path}`)) chosen = takes;
    }
    if (chosen) await cp(join(folder, path), join(target, path));
  }
}
