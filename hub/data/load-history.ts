import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listCommits } from "../../clients/azure-devops/commits.ts";
import { listPullRequestsMergedAs } from "../../clients/azure-devops/pull-request-query.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { byConnectors } from "../view/connector-statuses.ts";
import type { Moment } from "./compare-folders.ts";
import type { ReportedCommit } from "./load-deployed.ts";
import { type Read, reading } from "./read.ts";

/** A page of the commits that changed an environment, newest first. */
export type History = {
  readonly commits: readonly ReportedCommit[];
  readonly more: boolean;
  /** By commit: the pull request that was merged as it, or why none could be read. */
  readonly merged: Read<ReadonlyMap<string, PullRequest>>;
};

export const historyPage = 20;

export async function loadHistory(
  ado: AzureDevOps,
  of: {
    /** Up to here. */
    readonly at: Moment;
    /** From 0. */
    readonly page: number;
    readonly connectors: ReadonlySet<string>;
  },
): Promise<History> {
  const { at, page, connectors } = of;
  const { repo, commit, path } = at;
  const found = await listCommits(ado, {
    ...{ repo, commit, firstParent: true },
    ...(path === "" ? {} : { path }),
    // One more tells whether there is another page.
    top: historyPage + 1,
    skip: page * historyPage,
  });
  const shown = found.slice(0, historyPage);
  const [commits, merged] = await Promise.all([
    mapLimited(shown, 4, async (one) => ({
      ...one,
      statuses: byConnectors(await listStatuses(ado, { repo, commit: one.commitId }), connectors),
    })),
    reading(
      listPullRequestsMergedAs(ado, { repo, commits: shown.map(({ commitId }) => commitId) }),
    ),
  ]);
  return { commits, merged, more: found.length > historyPage };
}
