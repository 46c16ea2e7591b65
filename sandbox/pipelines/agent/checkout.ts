import { isAbsolute, join } from "node:path";
import { git } from "../../azure-devops/git/run-git.ts";
import { findRepository } from "../engine/reachable-repositories.ts";
import type { Result } from "../state.ts";
import { say, workspaceOf, type StepContext } from "./step-context.ts";

/**
 * Clones `self` or a repository resource over HTTP with the job's token. One checkout goes to
 * `s`, several to `s/<repository>`, `path` below the job's root, as the agent does it.
 */
export async function checkout(
  context: StepContext,
  alias: string,
  path: string | undefined,
): Promise<Result> {
  if (alias === "none") return "succeeded";
  const { state, run, job, token } = context;
  const found = findRepository(state, run, alias);
  if (!found) throw new Error(`Repository ${alias} is not declared in resources.`);
  const { root, sources } = workspaceOf(context);
  const several = job.steps.filter(
    ({ action }) => action.kind === "checkout" && action.repository !== "none",
  ).length;
  const folder =
    path !== undefined
      ? isAbsolute(path)
        ? path
        : join(root, path)
      : several > 1
        ? join(sources, found.repository.name)
        : sources;
  const { url } = state.organisation;
  const address = `${url}/${found.repository.project.name}/_git/${found.repository.name}`;
  say(context, `Syncing repository: ${found.repository.name} (Git)`, `git fetch ${address}`);
  const env = {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "http.extraheader",
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: bearer ${token}`,
  };
  await git(root, ["init", "--quiet", folder]);
  await git(folder, ["remote", "add", "origin", address]);
  await git(folder, ["fetch", "--quiet", "--tags", "origin", found.ref], { env });
  await git(folder, ["checkout", "--quiet", "--force", "--detach", "FETCH_HEAD"]);
  const head = (await git(folder, ["rev-parse", "HEAD"])).trim();
  say(context, `HEAD is now at ${head.slice(0, 8)}`);
  return "succeeded";
}
