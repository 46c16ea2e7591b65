import { type RepositoryAddress, repositoryUrl } from "./urls.ts";

/** A file as a commit has it, at a line of it. */
export function fileUrl(
  repository: RepositoryAddress,
  of: { readonly path: string; readonly commit: string; readonly line?: number },
): string {
  const { path, commit, line } = of;
  const at =
    line === undefined
      ? ""
      : `&line=${line}&lineEnd=${line + 1}&lineStartColumn=1&lineEndColumn=1&lineStyle=plain`;
  return `${repositoryUrl(repository)}?path=${encodeURIComponent(`/${path}`)}&version=GC${commit}${at}`;
}
