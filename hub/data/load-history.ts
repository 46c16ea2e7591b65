import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listCommits } from "../../clients/azure-devops/commits.ts";
import { listPullRequestsMergedAs } from "../../clients/azure-devops/pull-request-query.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import type { Commit, CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import { byConnectors } from "../view/connector-statuses.ts";
import type { Moment } from "./compare-folders.ts";
import { type Read, reading } from "./read.ts";

/** Without its statuses where they could not be read. */
export type HistoryCommit = Commit & { readonly statuses: Read<readonly CommitStatus[]> };

/** A page of the commits that changed an environment's folder, newest first. */
export type History = {
  readonly commits: readonly HistoryCommit[];
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
    mapLimited(shown, 4, async (one): Promise<HistoryCommit> => {
      const all = listStatuses(ado, { repo, commit: one.commitId });
      return {
        ...one,
        statuses: await reading(all.then((some) => byConnectors(some, connectors))),
      };
    }),
    reading(
      listPullRequestsMergedAs(ado, { repo, commits: shown.map(({ commitId }) => commitId) }),
    ),
  ]);
  return { commits, merged, more: found.length > historyPage };
}
