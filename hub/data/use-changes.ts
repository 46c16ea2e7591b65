import * as React from "react";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { type Changes as CommitChanges, compareCommits } from "./compare-commits.ts";
import type { Comparison } from "./load-pull-request.ts";
import { useCharts } from "./use-charts.ts";
import { type Live, useLive } from "./use-live.ts";

export type Changes = CommitChanges &
  Pick<Comparison, "basis" | "source"> & {
    /** More may come in a moment (what charts render): there is no vote for it yet. */
    readonly isPartial: boolean;
  };

/**
 * Compares once for each pair of commits. While the merge is being worked out the last comparison
 * stays; `value` is undefined until there is one.
 */
export function useChanges(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly comparison: Comparison | undefined;
    readonly pullRequest: PullRequest;
    /** Completed or abandoned: what was compared before goes on standing. */
    readonly isOver: boolean;
  },
): Live<Changes | undefined> {
  const last = React.useRef<Comparison | undefined>(undefined);
  const [newest, shown] = [of.comparison, last.current];
  last.current = of.isOver ? (shown ?? newest) : (newest ?? shown);
  const comparison = last.current;
  const load = async () => {
    if (comparison === undefined) return undefined;
    const { before, after, basis, source } = comparison;
    return { ...(await compareCommits(ado, { repo: of.repo, before, after })), basis, source };
  };
  const key = JSON.stringify([of.repo, comparison]);
  const compared = useLive(load, { key });
  const charts = useCharts(ado, { ...of, plain: compared.value, key });
  const value = charts.changes ?? compared.value;
  return { ...compared, value: value && { ...value, isPartial: charts.isLooking } };
}
