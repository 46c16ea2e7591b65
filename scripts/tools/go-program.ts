import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { takeFromCache } from "./cache.ts";

/**
 * The program that a folder's `main.go` is, which tests ask; undefined where Go or its modules are
 * not. Built at the first time, then cached.
 */
export async function ensureGoProgram(source: string): Promise<string | undefined> {
  const name = basename(source);
  const sum = createHash("sha256");
  for (const file of ["main.go", "go.mod", "go.sum"]) sum.update(readFileSync(join(source, file)));
  try {
    const folder = await takeFromCache(`${name}-${sum.digest("hex").slice(0, 12)}`, (directory) => {
      const args = ["-C", source, "build", "-trimpath", "-o", join(directory, name), "."];
      const run = spawnSync("go", args, {
        encoding: "utf8",
        env: { ...process.env, GOWORK: "off" },
        timeout: 600_000,
      });
      if (run.status !== 0) throw new Error(run.stderr || String(run.error));
      return Promise.resolve();
    });
    return join(folder, name);
  } catch (error) {
    console.log(`Skipped: ${name} cannot be built here: ${String(error).split("\n")[0]}`);
    return undefined;
  }
}
