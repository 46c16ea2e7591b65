import { refusals } from "../api-error.ts";
import { resolveCommit } from "../git/objects.ts";
import { visibleRepository } from "../git/visible-repository.ts";
import { findProject, type Call } from "../route.ts";
import type { Repository, Right } from "../state.ts";

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

/** @throws TF401027 unless the caller has the right. */
export function demand(call: Call, right: Right): void {
  const { identity } = call.grant;
  if (!identity.rights.has(right)) throw refusals.permission(right, identity);
}

/** The commit that a version descriptor names; `prefix` as in `versionDescriptor.version`. */
export async function commitOf(
  call: Call,
  repository: Repository,
  prefix: string,
): Promise<string> {
  const version = call.query[`${prefix}.version`.toLowerCase()] ?? call.query["version"];
  const type = call.query[`${prefix}.versiontype`.toLowerCase()] ?? call.query["versiontype"];
  return versionedCommit(repository, { version, type });
}

export async function versionedCommit(
  repository: Repository,
  asked: { readonly version: string | undefined; readonly type: string | undefined },
): Promise<string> {
  const { version, type = "branch" } = asked;
  const rev =
    version === undefined
      ? repository.defaultBranch
      : type === "commit"
        ? version
        : `refs/${type === "tag" ? "tags" : "heads"}/${version}`;
  const found = await resolveCommit(repository.directory, rev);
  if (!found) throw refusals.commit(version ?? repository.defaultBranch);
  return found;
}
