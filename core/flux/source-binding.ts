import type { RepositoryAddress } from "../azure-devops/urls.ts";
import { parseRepositoryUrl, sameRepository } from "../azure-devops/urls.ts";
import type { ExternalArtifact, FluxObject, GitRepository } from "./flux-object.ts";
import type { Origin } from "./kinds/read-fields.ts";
import { commitOf } from "./revision.ts";

/** The branch of a repository that somebody asks about; it may be known by names and by ids. */
export type BranchOfRepository = {
  readonly repository: readonly RepositoryAddress[];
  /** Without `refs/heads/`. */
  readonly branch: string;
};

type Binding = { readonly bound: true } | { readonly bound: false; readonly why: string };

/** Does a source bring what is on this branch? Otherwise why not, in plain words. */
export function sourceBinding(source: FluxObject, of: BranchOfRepository): Binding {
  switch (source.kind) {
    case "GitRepository":
      return gitBinding(source, of);
    case "OCIRepository":
      return originBinding(source, of);
    case "ExternalArtifact":
      return externalBinding(source, of);
    case "HelmRepository":
      return { bound: false, why: "brings charts, no files of a repository" };
    case "HelmChart":
    case "Kustomization":
    case "HelmRelease":
    case "ImageRepository":
    case "ImagePolicy":
    case "ImageUpdateAutomation":
      return { bound: false, why: "brings no files" };
  }
}

// source-watcher writes the revision alone (`originRevision: "@alias"`), and only where it is told to.
function externalBinding(source: ExternalArtifact, of: BranchOfRepository): Binding {
  const { kind, name } = source.source ?? { kind: "?", name: "?" };
  const found = originBinding(source, of);
  return found.bound ? found : { bound: false, why: `is made by ${kind} ${name} and ${found.why}` };
}

// An artefact is tied to a commit by what whoever pushed it wrote on it (flux push artifact).
function originBinding(
  { originSource, originRevision }: Origin,
  { repository, branch }: BranchOfRepository,
): Binding {
  const address = parseRepositoryUrl(originSource ?? "");
  if (originSource === undefined || commitOf(originRevision) === undefined) {
    const names = "org.opencontainers.image.source and .revision";
    return { bound: false, why: `does not say which commit it was made from (${names})` };
  }
  if (!address || !repository.some((known) => sameRepository(known, address))) {
    return { bound: false, why: `was made from ${originSource}` };
  }
  const [, name] = /^(?:refs\/heads\/)?(.+)@/.exec(originRevision ?? "") ?? [];
  if (name === undefined || name === branch) return { bound: true };
  return { bound: false, why: `was made from branch ${name}` };
}

function gitBinding(source: GitRepository, of: BranchOfRepository): Binding {
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
