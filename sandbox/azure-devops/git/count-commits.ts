import { runGit } from "./run-git.ts";

/** How many commits only one of two has. */
export async function countLeftRight(
  directory: string,
  left: string,
  right: string,
): Promise<{ readonly left: number; readonly right: number }> {
  const range = `${left}...${right}`;
  const out = await runGit(directory, ["rev-list", "--left-right", "--count", range]);
  const [onLeft, onRight] = out.trim().split("\t").map(Number);
  return { left: onLeft ?? 0, right: onRight ?? 0 };
}
