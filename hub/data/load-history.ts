import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listCommits } from "../../clients/azure-devops/commits.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { mapLimited } from "../../clients/map-limited.ts";
import { byConnectors } from "../view/connector-statuses.ts";
import type { Moment } from "./compare-folders.ts";
import type { ReportedCommit } from "./load-deployed.ts";

/** A page of the commits that changed an environment, newest first. */
export type History = {
  readonly commits: readonly ReportedCommit[];
  readonly more: boolean;
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
  const commits = await mapLimited(found.slice(0, historyPage), 4, async (one) => ({
    ...one,
    statuses: byConnectors(await listStatuses(ado, { repo, commit: one.commitId }), connectors),
  }));
  return { commits, more: found.length > historyPage };
}
