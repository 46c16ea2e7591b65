import { getBuild } from "../../clients/azure-devops/builds.ts";
import { readMemberships } from "../../clients/azure-devops/memberships.ts";
import { getPullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { readTeamMembers } from "../../clients/azure-devops/teams.ts";
import { runGitInCheckout } from "../../clients/git-objects.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { normalOrganisationUrl, parseRunUrl } from "../../core/azure-devops/urls.ts";
import type { CommitFiles } from "../../core/merge/flux-roots.ts";
import type { MergeFinding } from "../../core/merge/merge-finding.ts";
import {
  type Author,
  idleOwners,
  type Owner,
  ownerFindings,
  ownersListFindings,
  ownersPath,
  parseOwners,
} from "../../core/merge/owners.ts";
import { parseTrailers } from "../../core/run/trailers.ts";
import type { Inputs } from "./inputs.ts";
import type { Deps } from "./deps.ts";

type Foreign = {
  readonly findings: readonly MergeFinding[];
  readonly notChecked: readonly string[];
};

/**
 * Files that the pull request changes although they are others', by the list of the target branch:
 * a pull request cannot give itself a right.
 */
export async function findForeignChanges(
  inputs: Inputs,
  deps: Deps,
  of: {
    /** Of the target. */
    readonly files: CommitFiles;
    /** Of the merge, where it changes the list. */
    readonly after?: CommitFiles;
    readonly changed: readonly string[];
  },
): Promise<Foreign> {
  const { files, after: merged = files, changed } = of;
  const [before, after] = [files.get(ownersPath), merged.get(ownersPath)];
  const broken = ownersListFindings({ before, after }, changed);
  const idle = changed.includes(ownersPath) ? idleOwners(merged) : [];
  if (before === undefined || broken.length > 0) {
    return { findings: [...broken, ...idle], notChecked: [] };
  }
  const { owners } = parseOwners(before);
  const { pullRequest: id, project, repository } = inputs;
  const found =
    id === undefined
      ? undefined
      : await getPullRequest(deps.ado, { repo: { project, repository }, id });
  if (found === undefined) {
    const whose = "whose the changed folders are: this is no pull request";
    return { findings: idle, notChecked: [whose] };
  }
  const { author, unknown } = await findAuthorOf(found, owners, { inputs, deps });
  const findings = ownerFindings(owners, { changed, author });
  // Who may not is only certain where everybody's teams and groups could be seen.
  return { findings: [...findings, ...idle], notChecked: findings.length === 0 ? [] : unknown };
}

async function findAuthorOf(
  { createdBy }: PullRequest,
  owners: readonly Owner[],
  { inputs, deps }: { readonly inputs: Inputs; readonly deps: Deps },
): Promise<{ readonly author: Author; readonly unknown: readonly string[] }> {
  const person = createdBy.uniqueName ?? "";
  // Every job of a project opens pull requests as this one identity (`Build\<guid>`).
  if (/^Build\\/i.test(person)) {
    const pipeline = (await findPipelineOf(inputs, deps)) ?? "";
    const name =
      pipeline === "" ? "a pipeline that its commit does not name" : `pipeline ${pipeline}`;
    return { author: { name, pipeline, person, teams: [], groups: [] }, unknown: [] };
  }
  const teams = [...new Set(owners.flatMap((owner) => owner.teams))];
  const mine: string[] = [];
  const unknown: string[] = [];
  for (const team of teams) {
    const members = await readTeamMembers(deps.ado, { project: inputs.project, team });
    if (members === undefined) unknown.push(whoIsIn(`team ${team}`));
    if (members?.some(({ id }) => id === createdBy.id)) mine.push(team);
  }
  const memberships = await readMemberships(deps.ado, {
    identity: createdBy.id,
    groups: [...new Set(owners.flatMap((owner) => owner.groups))],
  });
  for (const [group, is] of memberships)
    if (is === "unknown") unknown.push(whoIsIn(`group ${group}`));
  const groups = [...memberships].flatMap(([group, is]) => (is === true ? [group] : []));
  return { author: { name: createdBy.displayName, person, teams: mine, groups }, unknown };
}

function whoIsIn(what: string): string {
  return `who is in ${what} of ${ownersPath}: there is none, or the build service may not see it`;
}

/** The pipeline of the run that the merged commit's trailers name. */
async function findPipelineOf(
  { folder, organisationUrl }: Inputs,
  { ado }: Deps,
): Promise<string | undefined> {
  const message = await runGitInCheckout(folder, ["log", "-1", "--format=%B", "HEAD^2"]).catch(
    () => undefined,
  );
  const run = parseRunUrl(parseTrailers(message?.toString("utf8") ?? "")?.run ?? "");
  if (run === undefined) return undefined;
  if (run.organisationUrl !== normalOrganisationUrl(organisationUrl)) return undefined;
  return (await getBuild(ado, { project: run.project, build: run.build }))?.definition.name;
}
