import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Lines for people: how large each part of the package is, the largest first. */
export function bundleSizes(folder: string): readonly string[] {
  const parts = [
    ...partsOf(join(folder, "dist/tasks"), "task "),
    ...["hub", "docs", "images"].map((name) => ({ name, path: join(folder, name) })),
    { name: "hub", path: join(folder, "dist/hub") },
  ];
  return parts
    .flatMap(({ name, path }) => {
      const bytes = sizeOf(path);
      return bytes === 0 ? [] : [{ name, bytes }];
    })
    .sort((a, b) => b.bytes - a.bytes)
    .map(({ name, bytes }) => `  ${(bytes / 1024).toFixed(0).padStart(7)} KiB  ${name}`);
}

function partsOf(folder: string, prefix: string) {
  return readdirSync(folder).map((name) => ({
    name: `${prefix}${name}`,
    path: join(folder, name),
  }));
}

function sizeOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
