import { refusals } from "../api-error.ts";
import { resolveCommit } from "../git/objects.ts";
import { visibleRepository } from "../git/visible-repository.ts";
import { hasRight, lacks, type Place } from "../rights.ts";
import { findProject, type Call } from "../route.ts";
import type { Right } from "../identity.ts";
import type { Repository } from "../repository.ts";

/** The repository that the call names. @throws TF200016 or TF401019 */
export function repositoryOf(call: Call): Repository {
  const name = call.params["repositoryId"] ?? "";
  const wanted = call.params["project"];
  const project = wanted === undefined ? undefined : findProject(call.organisation, wanted);
  if (wanted !== undefined && !project) throw refusals.project(wanted);
  const candidates =
    project?.repositories ?? call.organisation.projects.flatMap(({ repositories }) => repositories);
  const repository = visibleRepository(candidates, name, call.grant);
  if (!repository) throw refusals.repository(name);
  return repository;
}

/** @throws TF401027 unless the caller has the right there. */
export function demand(call: Call, right: Right, place: Place): void {
  const { identity } = call.grant;
  if (hasRight(identity, right, place)) return;
  throw lacks(identity, right, place.ref === undefined ? "repository" : "branch");
}

export type VersionDescriptor = {
  readonly version: string | undefined;
  readonly type: string | undefined;
  readonly options: string | undefined;
};

/** A version descriptor of the query; `prefix` as in `versionDescriptor.version`. */
export function descriptorOf(call: Call, prefix: string): VersionDescriptor {
  const at = (name: string) =>
    call.query[`${prefix}.${name}`.toLowerCase()] ?? call.query[name.toLowerCase()];
  return { version: at("version"), type: at("versionType"), options: at("versionOptions") };
}

/** The commit that a version descriptor of the query names. */
export function commitOf(call: Call, repository: Repository, prefix: string): Promise<string> {
  return resolveVersionedCommit(repository, descriptorOf(call, prefix));
}

export async function resolveVersionedCommit(
  repository: Repository,
  asked: Partial<VersionDescriptor>,
): Promise<string> {
  const { version, options } = asked;
  const rev = version ? revisionOf(version, asked.type) : repository.defaultBranch;
  const parent = /^(firstParent|previousChange)$/i.test(options ?? "") ? "^1" : "";
  const found = await resolveCommit(repository.directory, rev, parent);
  if (!found) throw refusals.commit(version ?? repository.defaultBranch);
  return found;
}

function revisionOf(version: string, type: string | undefined): string {
  switch ((type ?? "branch").toLowerCase()) {
    case "commit":
    case "2":
      return version;
    case "tag":
    case "1":
      return `refs/tags/${version}`;
    default:
      return `refs/heads/${version.replace(/^refs\/heads\//, "")}`;
  }
}
