import { readFileSync } from "node:fs";

// fork(2) copies the page tables of whoever calls it: to start a program costs 1 ms in a process of
// 50 MB and 40 ms in one of 1.3 GB, which is what it grows to with Flux's and Kubernetes' modules.
const holdsModules = /\b(?:useKube|openKube)\(/;
// Where most processes are started: git by the hundred, tools, bundles.
const startsPrograms =
  /^(?:test\/(?:tasks|rendering|pipeline-templates|cli)|sandbox\/test\/pipelines)\//;

// Waits for Flux for a quarter of the time of all: at the end the other process would have nothing to do.
const isLong = /^test\/cluster\/real-flux\./;

// They wait for Flux and pipelines for half of their time: the processes beside them have the machine then.
const waits = /^test\/scenarios\//;

/**
 * Test files in the order that is cheapest for processes which run many of them: the longest, then those
 * that start many programs, as a process grows by each file, and last those that make it large for good;
 * what waits is spread among all the others.
 */
export function orderTests(
  files: readonly string[],
  read = (path: string) => readFileSync(path, "utf8"),
): readonly string[] {
  const isLarge = (path: string) => holdsModules.test(read(path));
  const rank = (path: string) =>
    isLong.test(path) ? 0 : isLarge(path) ? 3 : startsPrograms.test(path) ? 1 : 2;
  const ranked = files.map((path) => ({ path, rank: rank(path) })).sort((a, b) => a.rank - b.rank);
  const isWaiting = ({ path, rank }: (typeof ranked)[number]) => rank < 3 && waits.test(path);
  const paths = (some: typeof ranked) => some.map(({ path }) => path);
  return spread(paths(ranked.filter(isWaiting)), paths(ranked.filter((one) => !isWaiting(one))));
}

function spread(few: readonly string[], among: readonly string[]): readonly string[] {
  if (among.length === 0) return few;
  const upTo = (at: number) => Math.floor((at * few.length) / among.length);
  return among.flatMap((one, at) => [one, ...few.slice(upTo(at), upTo(at + 1))]);
}
