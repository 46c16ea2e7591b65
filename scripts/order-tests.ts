import { readFileSync } from "node:fs";

// fork(2) copies the page tables of whoever calls it: to start a program costs 1 ms in a process of
// 50 MB and 40 ms in one of 1.3 GB, which is what it grows to with Flux's and Kubernetes' modules.
const holdsModules = /\b(?:useKube|openKube)\(/;

/**
 * Test files in the order that is cheapest for processes which run many of them: those that make
 * their process large, for good, come after all that start programs.
 */
export function orderTests(
  files: readonly string[],
  read = (path: string) => readFileSync(path, "utf8"),
): readonly string[] {
  const isLarge = (path: string) => holdsModules.test(read(path));
  const large = new Set(files.filter(isLarge));
  return [...files.filter((path) => !large.has(path)), ...large];
}
