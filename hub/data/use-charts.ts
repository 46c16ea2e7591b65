import * as React from "react";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { runAnalysisBeside } from "./analyse-beside.ts";
import { findRenderedCharts, hangsOnCharts } from "./find-rendered-charts.ts";
import type { Changes as CommitChanges } from "./compare-commits.ts";
import type { Comparison } from "./load-pull-request.ts";
import { useLive } from "./use-live.ts";

/** A validation that starts with the pull request has its charts rendered some minutes later. */
const everyMs = 20_000;

/** The comparison with what charts render, once a validation has attached it; undefined until then. */
export function useCharts(
  ado: AzureDevOps,
  of: {
    readonly plain: Changes | undefined;
    readonly pullRequest: PullRequest;
    readonly key: string;
    readonly isOver: boolean;
  },
): Changes | undefined {
  const { plain, pullRequest } = of;
  const last = React.useRef<Added | undefined>(undefined);
  const addCharts = async (): Promise<Changes | undefined> => {
    if (plain === undefined || !hangsOnCharts(plain.analysis)) return undefined;
    const known = last.current?.plain === plain ? last.current : undefined;
    const file = await findRenderedCharts(ado, { pullRequest, comparison: plain });
    if (file === undefined || known?.file === file.name) return known?.changes;
    const { releases } = file;
    const analysis = await runAnalysisBeside({ analysis: plain.analysis, releases });
    const changes = { ...plain, analysis };
    last.current = { plain, file: file.name, changes };
    return changes;
  };
  const key = `${of.key} ${plain !== undefined}`;
  return useLive(addCharts, { key, ...(of.isOver ? {} : { everyMs }) }).value;
}

type Changes = CommitChanges & Pick<Comparison, "basis" | "source">;
type Added = { readonly plain: Changes; readonly file: string; readonly changes: Changes };
