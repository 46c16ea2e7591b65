import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../core/errors.ts";
import { gitEnvironment } from "../../clients/git-environment.ts";
import { runProcess } from "../../clients/run-process.ts";
import type { Root } from "./contained-files.ts";

export type CheckedOutBranch = { readonly root: Root; readonly commit: string };

/**
 * The files of a branch of the configuration repository, written to a folder of their own; its
 * checkout and index stay as they are.
 * @throws InputError when the branch is not in that clone.
 */
export async function readConfigurationBranch(
  checkout: Root,
  { branch, folder }: { readonly branch: string; readonly folder: string },
): Promise<CheckedOutBranch> {
  await mkdir(folder, { recursive: true });
  const env = {
    ...gitEnvironment({ url: "", authorization: undefined }),
    GIT_INDEX_FILE: join(folder, "..", "index"),
  };
  const git = async (...args: readonly string[]) => {
    const result = await runProcess({ command: "git", args, cwd: checkout.path, env });
    return result.code === 0 ? result.stdout.trim() : undefined;
  };
  const refs = [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`];
  const commits = await Promise.all(
    refs.map((ref) =>
      git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`),
    ),
  );
  const commit = commits.find((each) => each !== undefined);
  if (commit === undefined) throw notThere(checkout, branch);
  const written =
    (await git("read-tree", commit)) !== undefined &&
    (await git("--work-tree", folder, "checkout-index", "--all")) !== undefined;
  if (!written) throw notThere(checkout, branch);
  return {
    root: { path: folder, name: `branch ${branch} of the configuration repository` },
    commit,
  };
}

function notThere({ path }: Root, branch: string): InputError {
  return new InputError([{ message: `there is no branch ${branch} in the clone ${path}` }], {
    code: "configuration-branch-missing",
    hint: "Check the configuration repository out with fetchDepth: 0, or fetch that branch before.",
  });
}
