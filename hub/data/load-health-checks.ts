import {
  type CheckedEnvironment,
  listChecks,
} from "../../clients/azure-devops/check-configurations.ts";
import { listCommits } from "../../clients/azure-devops/commits.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import {
  listGenericConnections,
  type ServiceConnection,
} from "../../clients/azure-devops/generic-connections.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { IdentityRef, Project } from "../../core/azure-devops/types.ts";
import { type FoundCheck, readAsked } from "../../core/health-check/found-check.ts";
import { statusGenre } from "../../core/run/letter.ts";
import { isOfService } from "../view/connector-statuses.ts";
import type { RollUpTarget } from "../view/roll-up-targets.ts";

/** What stands on an environment of Azure DevOps, and through what a new check could ask. */
export type CheckPlace = {
  /** Those that ask for a roll-up, made here or by hand. */
  readonly checks: readonly FoundCheck[];
  /** All generic ones of the project. */
  readonly connections: readonly ServiceConnection[];
};

export async function loadCheckPlace(
  ado: AzureDevOps,
  of: { readonly project: Project; readonly environment: CheckedEnvironment },
): Promise<CheckPlace> {
  const { project, environment } = of;
  const [checks, connections] = await Promise.all([
    listChecks(ado, { project: project.id, environment }),
    listGenericConnections(ado, { project }),
  ]);
  return { checks: checks.filter((one) => readAsked(one) !== undefined), connections };
}

/** Who posted a roll-up, on which commit. */
export type RollUpAuthor = { readonly author: IdentityRef; readonly commit: string };

const newestCommits = 10;

/**
 * Everybody who posted this roll-up on the newest commits, each with the newest of them: whoever may
 * read the repository could have. Build services are left out, since their statuses are letters.
 */
export async function loadRollUpAuthors(
  ado: AzureDevOps,
  { settings, path, name }: RollUpTarget,
): Promise<readonly RollUpAuthor[]> {
  const { repository, branch } = settings;
  const repo = { project: repository.project.id, repository: repository.id };
  const folder = path === undefined || path === "" ? {} : { path };
  const commits = await listCommits(ado, { repo, branch, top: newestCommits, ...folder });
  const authors = new Map<string, RollUpAuthor>();
  const statuses = await mapLimited(commits, 4, async ({ commitId: commit }) =>
    (await listStatuses(ado, { repo, commit })).map((status) => ({ commit, status })),
  );
  for (const { commit, status } of statuses.flat()) {
    const { context, createdBy } = status;
    if (context.genre !== statusGenre || context.name !== name) continue;
    if (createdBy === undefined || isOfService(status)) continue;
    if (!authors.has(createdBy.id)) authors.set(createdBy.id, { author: createdBy, commit });
  }
  return [...authors.values()];
}
