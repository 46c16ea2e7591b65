import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { RenderedRelease } from "../../core/charts/rendered-release.ts";
import { withCharts } from "../../core/charts/with-charts.ts";
import type { Changes } from "./compare-commits.ts";
import { findRenderedCharts, hangsOnCharts } from "./find-rendered-charts.ts";

/** A comparison with what charts render: more is seen, so a vote for it has another digest. */
export function addCharts(changes: Changes, releases: readonly RenderedRelease[]): Changes {
  const analysis = withCharts(changes.analysis, releases);
  return { ...changes, analysis, digest: changes.digestOf(analysis) };
}

/** With what a validation has attached for just these commits, where it could say more. */
export async function addAttachedCharts(
  ado: AzureDevOps,
  of: {
    readonly changes: Changes;
    readonly pullRequest: PullRequest;
    readonly source: string;
    readonly basis: "merge" | "source";
  },
): Promise<Changes> {
  const { changes, pullRequest, source, basis } = of;
  if (!hangsOnCharts(changes.analysis)) return changes;
  const { before, after } = changes;
  const comparison = { before, after, source, basis };
  const file = await findRenderedCharts(ado, { pullRequest, comparison });
  return file === undefined ? changes : addCharts(changes, file.releases);
}
