import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { RenderedRelease } from "../../core/charts/rendered-release.ts";
import { withCharts } from "../../core/charts/with-charts.ts";
import type { Changes } from "./compare-commits.ts";
import { findRenderedCharts, hangsOnCharts } from "./find-rendered-charts.ts";

// More is seen, so a vote for it has another digest.
function addCharts(changes: Changes, releases: readonly RenderedRelease[]): Changes {
  const analysis = withCharts(changes.analysis, releases);
  return { ...changes, analysis, digest: changes.digestOf(analysis) };
}

/**
 * A comparison with what charts render, as a validation has attached it for just these commits.
 * @returns undefined where it could say no more, or there is nothing but the file `known`
 */
export async function addAttachedCharts(
  ado: AzureDevOps,
  of: {
    readonly changes: Changes;
    readonly pullRequest: PullRequest;
    readonly source: string;
    readonly basis: "merge" | "source";
    readonly known?: string | undefined;
  },
): Promise<{ readonly name: string; readonly changes: Changes } | undefined> {
  const { changes, pullRequest, source, basis, known } = of;
  if (!hangsOnCharts(changes.analysis)) return undefined;
  const { before, after } = changes;
  const comparison = { before, after, source, basis };
  const file = await findRenderedCharts(ado, { pullRequest, comparison });
  if (file === undefined || file.name === known) return undefined;
  return { name: file.name, changes: addCharts(changes, file.releases) };
}
