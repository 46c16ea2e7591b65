import * as React from "react";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { FileChange } from "../../core/azure-devops/types.ts";
import type { Analysis } from "./analyse.ts";
import { analyseBeside } from "./analyse-beside.ts";
import { loadChanges } from "./load-changes.ts";
import type { Comparison } from "./load-pull-request.ts";
import { type Live, useLive } from "./use-live.ts";

export type Changes = {
  readonly comparison: Comparison;
  readonly analysis: Analysis;
  readonly others: readonly FileChange[];
  readonly unread: number;
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
    /** Completed or abandoned: what was compared before goes on standing. */
    readonly isOver: boolean;
  },
): Live<Changes | undefined> {
  const last = React.useRef<Comparison | undefined>(undefined);
  const [newest, shown] = [of.comparison, last.current];
  last.current = of.isOver ? (shown ?? newest) : (newest ?? shown);
  const comparison = last.current;
  const load = async (): Promise<Changes | undefined> => {
    if (comparison === undefined) return undefined;
    const { others, unread, ...sides } = await loadChanges(ado, { repo: of.repo, comparison });
    return { comparison, analysis: await analyseBeside(sides), others, unread };
  };
  return useLive(load, { key: JSON.stringify([of.repo, comparison]) });
}
