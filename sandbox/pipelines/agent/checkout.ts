// https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/steps-checkout and
// https://learn.microsoft.com/azure/devops/pipelines/repos/multi-repo-checkout
import { appendFile, readFile, rm } from "node:fs/promises";
import { isAbsolute, join, normalize } from "node:path";
import { repositoryWeb } from "../../azure-devops/areas/repository-json.ts";
import { runGit } from "../../azure-devops/git/run-git.ts";
import { checkedOut } from "../engine/reachable-repositories.ts";
import { expandMacros } from "../engine/macros.ts";
import { setVariable } from "../engine/variables.ts";
import { findRepository } from "../find-repository.ts";
import type { Result } from "../run.ts";
import type { Action } from "../yaml/model.ts";
import { say, workspaceOf, type StepContext } from "../engine/job-context.ts";

type Checkout = Extract<Action, { kind: "checkout" }>;

/**
 * Clones `self` or a repository resource over HTTP with the job's token. One checkout goes to
 * `s`, several to `s/<repository>`, `path` below the job's root, as the agent does it.
 */
export async function checkout(context: StepContext, action: Checkout): Promise<Result> {
  const { repository: alias } = action;
  if (alias === "none") return "succeeded";
  const { state, run, token, variables, step } = context;
  const found = findRepository(state, run, alias);
  if (!found) {
    throw new Error(
      `Repository ${alias} is not declared in resources (${step.at.file}:${step.at.line}).`,
    );
  }
  const folder = folderOf(context, action, found.repository.name);
  const address = repositoryWeb(state.organisation, found.repository);
  say(context, `Syncing repository: ${found.repository.name} (Git)`, `git fetch ${address}`);
  const header = `AUTHORIZATION: bearer ${token}`;
  const env = {
    ...{ GIT_CONFIG_COUNT: "2", GIT_CONFIG_KEY_0: "http.extraheader", GIT_CONFIG_VALUE_0: header },
    // Each fetch would start a process that looks whether anything is to be tidied.
    GIT_CONFIG_KEY_1: "maintenance.auto",
    GIT_CONFIG_VALUE_1: "false",
  };
  const depth = Number(expandMacros(action.fetchDepth ?? "0", variables)) || 0;
  const { root } = workspaceOf(context);
  if (!(await isCloneOf(folder, address))) {
    // The agent begins anew where a script left something else. Its own files lie in the root.
    await rm(folder === root ? join(folder, ".git") : folder, { recursive: true, force: true });
    await runGit(root, ["init", "--quiet", "--template=", folder]);
    await appendFile(join(folder, ".git/config"), remoteSettings(address));
  }
  await runGit(
    folder,
    [
      ...["fetch", "--quiet", action.fetchTags ? "--tags" : "--no-tags"],
      ...(depth > 0 ? [`--depth=${depth}`] : []),
      ...(action.fetchFilter ? [`--filter=${action.fetchFilter}`] : []),
      ...["origin", found.ref],
      // As the agent does where nothing is shallow: every branch, with all its history.
      ...(depth > 0 ? [] : ["+refs/heads/*:refs/remotes/origin/*"]),
    ],
    { env },
  );
  await runGit(folder, ["checkout", "--quiet", "--force", "--detach", "FETCH_HEAD"], { env });
  if (action.submodules === "true" || action.submodules === "recursive") {
    const recursive = action.submodules === "recursive" ? ["--recursive"] : [];
    await runGit(folder, ["submodule", "update", "--init", "--quiet", ...recursive], { env });
  }
  if (action.persistCredentials) await runGit(folder, ["config", "http.extraheader", header]);
  if (alias === "self") setVariable(variables, "Build.Repository.LocalPath", { value: folder });
  // Detached: the file holds the commit.
  const head = await readFile(join(folder, ".git/HEAD"), "utf8");
  say(context, `HEAD is now at ${head.slice(0, 8)}`);
  return "succeeded";
}

async function isCloneOf(folder: string, address: string): Promise<boolean> {
  const config = await readFile(join(folder, ".git/config"), "utf8").catch(() => "");
  return config.includes(remoteSettings(address));
}

// What `git remote add` writes.
function remoteSettings(address: string): string {
  return `[remote "origin"]\n\turl = ${address}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`;
}

function folderOf(context: StepContext, { path }: Checkout, name: string): string {
  const { root, sources } = workspaceOf(context);
  if (path === undefined) {
    return checkedOut(context.instance.steps).length > 1 ? join(sources, name) : sources;
  }
  const text = expandMacros(path, context.variables);
  const folder = normalize(isAbsolute(text) ? text : join(root, text));
  if (folder === root || folder.startsWith(`${root}/`)) return folder;
  throw new Error(`Input path '${text}' should resolve to a directory under '${root}'.`);
}
