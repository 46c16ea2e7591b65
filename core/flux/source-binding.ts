import type { RepositoryAddress } from "../azure-devops/urls.ts";
import { parseRepositoryUrl, sameRepository } from "../azure-devops/urls.ts";
import type { GitRepository } from "./flux-object.ts";

/** The branch of a repository that somebody asks about; it may be known by names and by ids. */
export type BranchOfRepository = {
  readonly repository: readonly RepositoryAddress[];
  /** Without `refs/heads/`. */
  readonly branch: string;
};

/** Does a GitRepository follow this branch? Otherwise why not, in plain words. */
export function sourceBinding(
  source: GitRepository,
  of: BranchOfRepository,
): { readonly bound: true } | { readonly bound: false; readonly why: string } {
  const address = parseRepositoryUrl(source.url);
  if (!address || !of.repository.some((known) => sameRepository(known, address))) {
    return { bound: false, why: "is on another repository" };
  }
  const { ref } = source;
  // The order in which source-controller reads the fields.
  if (ref.commit !== undefined) return { bound: false, why: `is pinned to commit ${ref.commit}` };
  if (ref.name !== undefined && ref.name !== `refs/heads/${of.branch}`) {
    return { bound: false, why: `is on ${ref.name}` };
  }
  if (ref.name !== undefined) return { bound: true };
  if (ref.semver !== undefined) return { bound: false, why: `is on tags ${ref.semver}` };
  if (ref.tag !== undefined) return { bound: false, why: `is on tag ${ref.tag}` };
  const branch = ref.branch ?? "master";
  return branch === of.branch ? { bound: true } : { bound: false, why: `is on branch ${branch}` };
}
