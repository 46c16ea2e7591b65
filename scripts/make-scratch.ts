import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Several times what a whole run has there at once. */
const leastFree = 4 * 2 ** 30;

/**
 * An empty folder for what tests write. In memory where that has room and programs can be started from
 * it: thousands of repositories that come and go cost a disk's file system a tenth of a run's CPU.
 */
export function makeScratch(memory = "/dev/shm", least = leastFree): string {
  if (existsSync(memory) && freeIn(memory) >= least) {
    const scratch = mkdtempSync(join(memory, "fluxgate-test-"));
    if (startsPrograms(scratch)) return scratch;
    rmSync(scratch, { recursive: true });
  }
  return mkdtempSync(join(tmpdir(), "fluxgate-test-"));
}

function freeIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

// Containers mount it with `noexec`.
function startsPrograms(folder: string): boolean {
  const program = join(folder, "program");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o700 });
  const { status } = spawnSync(program);
  rmSync(program);
  return status === 0;
}
