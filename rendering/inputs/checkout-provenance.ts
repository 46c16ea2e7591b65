import { gitEnvironment } from "../../clients/git-environment.ts";
import { runProcess } from "../../clients/run-process.ts";

/** Repository and commit of a checkout; undefined where it is no git work tree or git is missing. */
export async function readCheckoutProvenance(
  folder: string,
): Promise<{ readonly repository: string; readonly commit: string } | undefined> {
  const [commit, url] = await Promise.all([
    readGitLine(folder, ["rev-parse", "HEAD"]),
    readGitLine(folder, ["config", "--get", "remote.origin.url"]),
  ]);
  if (commit === undefined) return undefined;
  return { repository: withoutUser(url ?? folder.split(/[/\\]/).at(-1) ?? ""), commit };
}

async function readGitLine(cwd: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const env = gitEnvironment({ url: "", authorization: undefined });
    const limits = { timeoutMs: 10_000 };
    const result = await runProcess({ command: "git", args, cwd, env, limits });
    return result.code === 0 ? result.stdout.trim() : undefined;
  } catch {
    return undefined;
  }
}

// https://user:token@host/… keeps neither.
function withoutUser(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^@/]*@/i, "$1");
}
