// `fluxgate/<delivery>/<environment>/<build id>[-<attempt>]`: the branch of one run's render.
import type { PullRequest } from "../azure-devops/types.ts";

export type RunBranch = {
  readonly delivery: string;
  readonly environment: string;
  readonly build: number;
  /** 1 is the first and not written. */
  readonly attempt: number;
};

const form =
  /^(?:refs\/heads\/)?fluxgate\/([a-z0-9-]{1,50})\/([a-z0-9-]{1,50})\/([1-9]\d{0,9})(?:-([2-9]|[1-9]\d{1,3}))?$/;

/** Without `refs/heads/`. */
export function runBranchName({ delivery, environment, build, attempt }: RunBranch): string {
  return `${runBranchPrefix({ delivery, environment })}${build}${attempt > 1 ? `-${attempt}` : ""}`;
}

/** Start of all branches of one delivery in one environment; ends in a slash. */
export function runBranchPrefix(of: {
  readonly delivery: string;
  readonly environment: string;
}): string {
  return `fluxgate/${of.delivery}/${of.environment}/`;
}

/** With or without `refs/heads/`. @returns undefined for any other branch. */
export function parseRunBranch(ref: string): RunBranch | undefined {
  const [, delivery, environment, build, attempt = "1"] = form.exec(ref) ?? [];
  if (delivery === undefined || environment === undefined) return undefined;
  return { delivery, environment, build: Number(build), attempt: Number(attempt) };
}

/**
 * The run that opened a pull request. Branches of a fork are named as whoever forked likes, who need
 * have no right here but to read: they are no run's.
 */
export function runBranchOf({
  sourceRefName,
  forkSource,
}: Pick<PullRequest, "sourceRefName" | "forkSource">): RunBranch | undefined {
  return forkSource ? undefined : parseRunBranch(sourceRefName);
}
