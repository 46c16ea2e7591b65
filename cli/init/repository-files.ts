import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gitEnvironment } from "../../clients/git-environment.ts";
import { runProcess } from "../../clients/run-process.ts";
import type { RepositoryFile } from "../../core/init/repository-file.ts";
import { InputError, TerminalError } from "../../core/errors.ts";

// What is larger, or more than this, was not written by hand.
const longestFile = 1024 * 1024;
const mostFiles = 20_000;
const read = /\.(ya?ml|json|jsonnet|libsonnet)$|(^|\/)Kustomization$/;
const named = /(^|\/)(Dockerfile[^/]*|[^/]+\.Dockerfile)$/;

export type Repository = {
  readonly root: string;
  readonly files: readonly RepositoryFile[];
  /** The branch that is checked out; undefined on none. */
  readonly branch: string | undefined;
  /** Last part of the address that it was cloned from. */
  readonly origin: string | undefined;
};

/** The files that git knows, or would add, in the repository of a folder. */
export async function readRepository(folder: string): Promise<Repository> {
  const root = await git(folder, ["rev-parse", "--show-toplevel"]);
  if (root === undefined) {
    throw new InputError([{ message: `Failed to read ${folder}: it is in no git repository` }], {
      hint: "Run fluxgate init in a clone of the code repository.",
    });
  }
  const listed = await git(root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
  const paths = [...new Set((listed ?? "").split("\0"))].filter((path) => path !== "");
  const wanted = paths.filter((path) => read.test(path) || named.test(path)).sort();
  if (wanted.length > mostFiles) {
    throw new TerminalError(
      `Failed to read ${root}: it has ${wanted.length} files that may be manifests, more than ${mostFiles}`,
      { code: "too-many-files", hint: "Write fluxgate.yaml by hand (docs/spec/fluxgate-yaml.md)." },
    );
  }
  const branch = await git(root, ["symbolic-ref", "--quiet", "--short", "HEAD"]);
  const url = await git(root, ["remote", "get-url", "origin"]);
  return {
    root,
    files: wanted.flatMap((path) => fileAt(root, path)),
    branch,
    origin: url
      ?.split(/[/:\\]/)
      .at(-1)
      ?.replace(/\.git$/, ""),
  };
}

function fileAt(root: string, path: string): readonly RepositoryFile[] {
  const absolute = join(root, path);
  const stat = lstatSync(absolute, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > longestFile) return [];
  return [{ path, text: read.test(path) ? readFileSync(absolute, "utf8") : "" }];
}

/** Undefined where git says no. */
async function git(cwd: string, args: readonly string[]): Promise<string | undefined> {
  const env = gitEnvironment({ url: "", authorization: undefined });
  const result = await runProcess({
    command: "git",
    args,
    cwd,
    env,
    limits: { timeoutMs: 60_000 },
  });
  const text = result.stdout.replace(/\n$/, "");
  return result.code === 0 && text !== "" ? text : undefined;
}
