// How the portal's pages link to one another; the forms are the service's own.
import { versionOf } from "./route.ts";

export function repositoryAddress(base: string, repository: string): string {
  return `${base}/_git/${encodeURIComponent(repository)}`;
}

export function fileAddress(
  base: string,
  repository: string,
  at: { readonly path: string; readonly branch: string | undefined },
): string {
  const query = new URLSearchParams({ path: at.path });
  if (at.branch !== undefined) query.set("version", versionOf(at.branch));
  return `${repositoryAddress(base, repository)}?${query.toString()}`;
}

export function pullRequestAddress(base: string, repository: string, id: number): string {
  return `${repositoryAddress(base, repository)}/pullrequest/${id}`;
}

export function commitAddress(base: string, repository: string, commit: string): string {
  return `${repositoryAddress(base, repository)}/commit/${commit}`;
}

export function runAddress(base: string, buildId: number): string {
  return `${base}/_build/results?buildId=${buildId}`;
}

/** `\\shop\\web`; the root is `\\`. */
export function folderAddress(base: string, folder: string): string {
  return folder === "\\"
    ? `${base}/_build?view=folders`
    : `${base}/_build?definitionScope=${encodeURIComponent(folder)}`;
}

export function shortBranch(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}
