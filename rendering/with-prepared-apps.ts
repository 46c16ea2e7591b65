import { mkdtemp, realpath, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../core/errors.ts";
import { appJobs, readBranchesOf } from "./app-jobs.ts";
import { prepareApp } from "./render-app.ts";
import type { CheckedOutBranch } from "./inputs/config-branch.ts";
import type { PreparedApp } from "./render-app.ts";
import { isolationOf } from "./processes/render-isolation.ts";
import { chosenEnvironments } from "./render-environments.ts";
import type { RenderOptions } from "./render-options.ts";
import { allTools } from "./processes/tool-versions.ts";
import { slots } from "./processes/slots.ts";

/** Finds what apps are rendered from and hands them on, in the order of fluxgate.yaml. */
export async function withPreparedApps<Result>(
  options: RenderOptions,
  work: (
    apps: readonly PreparedApp[],
    branches: ReadonlyMap<string, CheckedOutBranch>,
  ) => Promise<Result>,
): Promise<Result> {
  const environments = chosenEnvironments(options.delivery, options.environments);
  const scratch = await mkdtemp(join(await realpath(tmpdir()), "fluxgate-explain-"));
  const { start, close } = isolationOf(options, { scratch, tools: allTools });
  try {
    const branches = await readBranchesOf(options, { environments, scratch });
    const inSlot = slots(availableParallelism());
    const parts = { environments, scratch, branches, inSlot, isolation: start };
    const { jobs, problems } = appJobs(options, parts);
    if (problems.length > 0) throw new InputError(problems, { code: "render-failed" });
    return await work(jobs.map(prepareApp), branches);
  } finally {
    await close();
    await rm(scratch, { recursive: true, force: true });
  }
}
