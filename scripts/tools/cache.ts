import { mkdirSync, existsSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where what is downloaded or built once lies; outside node_modules, which `npm ci` empties. */
export function cacheDirectory(): string {
  const base =
    process.env["FLUXGATE_CACHE"] ??
    (process.env["XDG_CACHE_HOME"]
      ? join(process.env["XDG_CACHE_HOME"], "fluxgate")
      : join(homedir(), ".cache", "fluxgate"));
  mkdirSync(base, { recursive: true });
  return base;
}

/**
 * The folder `<cache>/<key>`, filled by `fill` when it is not there yet. It appears whole or not
 * at all, also when two processes fill it at once.
 */
export async function takeFromCache(
  key: string,
  fill: (directory: string) => Promise<void>,
): Promise<string> {
  const directory = join(cacheDirectory(), key);
  if (existsSync(directory)) return directory;
  const partial = `${directory}.partial-${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  try {
    await fill(partial);
    if (!existsSync(directory)) renameSync(partial, directory);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return directory;
}
