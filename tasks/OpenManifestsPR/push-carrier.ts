import { pushBranch, type PushResult } from "../../clients/git.ts";
import { FluxgateError } from "../../core/errors.ts";
import { type RunBranch, runBranchName } from "../../core/run/branch.ts";
import type { Work } from "./deps.ts";
import { refuseObstacle } from "./obstacle.ts";

/** Makes the run's branch; what stands in its way is named. */
export async function pushCarrier(
  work: Work,
  { branch, commit }: { readonly branch: RunBranch; readonly commit: string },
): Promise<PushResult> {
  const name = runBranchName(branch);
  let result: PushResult;
  try {
    result = await pushBranch(work.git, { commit, branch: name });
  } catch (error) {
    const isTold = error instanceof FluxgateError && error.code !== "git-failed";
    if (!isTold) await refuseObstacle(work, name, error);
    throw error;
  }
  if (result === "stale") await refuseObstacle(work, name);
  else work.log.info(`Pushed ${commit} to ${name}`);
  return result;
}
