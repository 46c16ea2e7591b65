import { list } from "./rest.ts";
import { shortBranch } from "./addresses.ts";
import type { Ref } from "./rest-types.ts";
import { useLive, type Live } from "./use-live.ts";

/** The branches of a repository, kept up to date. */
export function useBranches(project: string, repository: string): Live<readonly Ref[]> {
  const url = `${project}/_apis/git/repositories/${encodeURIComponent(repository)}/refs?filter=heads/`;
  return useLive(() => list<Ref>(url), { key: url, everyMs: 10_000 });
}

/** Their names, the default branch first. */
export function namesOf(
  refs: readonly Ref[] | undefined,
  defaultBranch: string | undefined,
): readonly string[] {
  const first = shortBranch(defaultBranch ?? "refs/heads/main");
  const names = (refs ?? []).map(({ name }) => shortBranch(name)).filter((one) => one !== first);
  return [first, ...names.sort((a, b) => a.localeCompare(b))];
}
