import { readFileSync } from "node:fs";

// fork(2) copies the page tables of whoever calls it: to start a program costs 1 ms in a process of
// 50 MB and 40 ms in one of 1.3 GB, which is what it grows to with Flux's and Kubernetes' modules.
const holdsModules = /\b(?:useKube|openKube)\(/;
// Where most processes are started: git by the hundred, tools, bundles.
const startsPrograms =
  /^(?:test\/(?:tasks|rendering|pipeline-templates|cli)|sandbox\/test\/pipelines)\//;

// Waits for Flux for a quarter of the time of all: at the end the other process would have nothing to do.
const isLong = /^test\/cluster\/real-flux\./;

/**
 * Test files in the order that is cheapest for processes which run many of them: the longest, then those
 * that start many programs, as a process grows by each file, and last those that make it large for good.
 */
export function orderTests(
  files: readonly string[],
  read = (path: string) => readFileSync(path, "utf8"),
): readonly string[] {
  const isLarge = (path: string) => holdsModules.test(read(path));
  const rank = (path: string) =>
    isLong.test(path) ? 0 : isLarge(path) ? 3 : startsPrograms.test(path) ? 1 : 2;
  return files
    .map((path) => ({ path, rank: rank(path) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ path }) => path);
}
