import { listRefs } from "../../clients/azure-devops/refs.ts";
import { TerminalError } from "../../core/errors.ts";
import type { Work } from "./deps.ts";

/**
 * Git keeps branches as files in folders: where there is a branch `fluxgate`, no branch `fluxgate/…`
 * can be, nor a branch where there is one below it.
 * @throws TerminalError `branch-name-taken`, naming the branch that stands in the way.
 */
export async function refuseObstacle(
  { ado, repo, address }: Work,
  branch: string,
  cause?: unknown,
): Promise<void> {
  const refs = await listRefs(ado, { repo, filter: "heads/" });
  const names = refs.map(({ name }) => name.replace(/^refs\/heads\//, ""));
  const obstacle = names.find((name) => isInTheWay(name, branch));
  if (obstacle === undefined) return;
  const where = `${address.project}/${address.repository}`;
  throw new TerminalError(
    `Failed to push branch ${branch} to ${where}: branch "${obstacle}" stands in the way: git cannot hold both`,
    {
      code: "branch-name-taken",
      hint: `Rename or delete branch "${obstacle}": names that begin with fluxgate/ are for the branches of runs.`,
      cause,
    },
  );
}

// In any case: a repository may enforce it, and two that differ in it alone are one on many disks.
function isInTheWay(name: string, branch: string): boolean {
  const [one, other] = [name.toLowerCase(), branch.toLowerCase()];
  return one !== other && (other.startsWith(`${one}/`) || one.startsWith(`${other}/`));
}
