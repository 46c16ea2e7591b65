import * as React from "react";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { heldBodies } from "../components/body-source.ts";
import { useComparer } from "../components/use-comparer.ts";
import type { Comparison, EarlyFacts } from "./load-pull-request.ts";
import { type CommitChanges, useCharts } from "./use-charts.ts";
import { type Live, useLive } from "./use-live.ts";

export type Changes = CommitChanges & {
  /** More may come in a moment (what charts render): there is no vote for it yet. */
  readonly isPartial: boolean;
  /** Why it is not known whether a validation has attached what charts render. */
  readonly chartsError: unknown;
  /** Compares anew, where the worker is gone. */
  readonly renew: () => void;
};

/**
 * Compares once for each pair of commits. While the merge is being worked out the last comparison
 * stays; `value` is undefined until there is one.
 */
export function useChanges(of: {
  readonly repo: RepositoryRef;
  /** Undefined until the pull request is read. */
  readonly known: EarlyFacts | undefined;
}): Live<Changes | undefined> {
  const { repo, known } = of;
  const { pullRequest } = known ?? {};
  // Completed or abandoned: what was compared before goes on standing.
  const isOver = pullRequest !== undefined && pullRequest.status !== "active";
  const last = React.useRef<Comparison | undefined>(undefined);
  const [newest, shown] = [known?.comparison, last.current];
  last.current = isOver ? (shown ?? newest) : (newest ?? shown);
  const comparison = last.current;
  const key = JSON.stringify([repo, comparison]);
  const comparer = useComparer(key);
  const load = async (): Promise<CommitChanges | undefined> => {
    if (comparison === undefined) return undefined;
    const { before, after, basis, source } = comparison;
    const found = await comparer.ask("commits", { repo, before, after });
    return { ...found, basis, source, comparer, bodies: heldBodies(comparer, found.id) };
  };
  const compared = useLive(load, { key });
  const charts = useCharts({ pullRequest, isOver, plain: compared.value, key });
  const value = charts.changes ?? compared.value;
  const renew = compared.refresh;
  const more = { isPartial: charts.isLooking, chartsError: charts.error };
  return { ...compared, value: value && { ...value, ...more, renew } };
}
