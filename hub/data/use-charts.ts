import * as React from "react";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { addCharts } from "./add-charts.ts";
import { findRenderedCharts, hangsOnCharts } from "./find-rendered-charts.ts";
import type { Changes as CommitChanges } from "./compare-commits.ts";
import type { Comparison } from "./load-pull-request.ts";
import { useLive } from "./use-live.ts";

/** A validation that starts with the pull request has its charts rendered some minutes later. */
const everyMs = 20_000;

export type Charts = {
  /** The comparison with what charts render, once a validation has attached it. */
  readonly changes: Changes | undefined;
  /** Whether it is not known yet if there are any: until then nobody sees what a vote would be for. */
  readonly isLooking: boolean;
};

export function useCharts(
  ado: AzureDevOps,
  of: {
    readonly plain: Changes | undefined;
    readonly pullRequest: PullRequest;
    readonly key: string;
    readonly isOver: boolean;
  },
): Charts {
  const { plain, pullRequest } = of;
  const last = React.useRef<Added | undefined>(undefined);
  const look = async (): Promise<Changes | undefined> => {
    if (plain === undefined || !hangsOnCharts(plain.analysis)) return undefined;
    const known = last.current?.plain === plain ? last.current : undefined;
    const file = await findRenderedCharts(ado, { pullRequest, comparison: plain });
    if (file === undefined || known?.file === file.name) return known?.changes;
    const changes = { ...plain, ...(await addCharts(plain, file.releases)) };
    last.current = { plain, file: file.name, changes };
    return changes;
  };
  const key = `${of.key} ${plain !== undefined}`;
  const found = useLive(look, { key, ...(of.isOver ? {} : { everyMs }) });
  const asked = plain !== undefined && hangsOnCharts(plain.analysis);
  const isLooking = asked && found.at === undefined && found.error === undefined;
  return { changes: found.value, isLooking };
}

type Changes = CommitChanges & Pick<Comparison, "basis" | "source">;
type Added = { readonly plain: Changes; readonly file: string; readonly changes: Changes };
