import { readFileSync } from "node:fs";

// fork(2) copies the page tables of whoever calls it: to start a program costs 1 ms in a process of
// 50 MB and 40 ms in one of 1.3 GB, which is what it grows to with Flux's and Kubernetes' modules.
const holdsModules = /\b(?:useKube|openKube)\(/;
// Where most processes are started: git by the hundred, tools, bundles.
const startsPrograms =
  /^(?:test\/(?:tasks|rendering|pipeline-templates|cli)|sandbox\/test\/pipelines)\//;

/**
 * Test files in the order that is cheapest for processes which run many of them: first those that
 * start many programs, as a process grows by each file, and last those that make it large for good.
 */
export function orderTests(
  files: readonly string[],
  read = (path: string) => readFileSync(path, "utf8"),
): readonly string[] {
  const isLarge = (path: string) => holdsModules.test(read(path));
  const rank = (path: string) => (isLarge(path) ? 2 : startsPrograms.test(path) ? 0 : 1);
  const ranked = files.map((path) => ({ path, rank: rank(path) }));
  return [0, 1, 2].flatMap((each) => ranked.flatMap((one) => (one.rank === each ? one.path : [])));
}
