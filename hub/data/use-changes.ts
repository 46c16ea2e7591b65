import * as React from "react";
import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import type { FileChange } from "../../core/azure-devops/types.ts";
import type { Analysis } from "./analyse.ts";
import { runAnalysisBeside } from "./analyse-beside.ts";
import { compareBuilt } from "./compare-built.ts";
import { loadChanges } from "./load-changes.ts";
import type { Comparison } from "./load-pull-request.ts";
import { openBuilds } from "./open-builds.ts";
import { readSides } from "./read-sides.ts";
import { type Live, useLive } from "./use-live.ts";

export type Changes = {
  readonly comparison: Comparison;
  readonly analysis: Analysis;
  /** Changed files that hold nothing that Flux applies. */
  readonly others: readonly FileChange[];
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
  const load = async (): Promise<Changes | undefined> =>
    comparison && (await compare(ado, { repo: of.repo, comparison }));
  return useLive(load, { key: JSON.stringify([of.repo, comparison]) });
}

const mostWanted = 600;

async function compare(
  ado: AzureDevOps,
  at: { readonly repo: RepositoryRef; readonly comparison: Comparison },
): Promise<Changes> {
  const { changes, unread, ...sides } = await loadChanges(ado, at);
  const first = await runAnalysisBeside(sides);
  // Unchanged files that join or leave what is applied.
  const paths = first.wanted.slice(0, mostWanted);
  const { repo } = at;
  const read = paths.length === 0 ? sides : await readSides(ado, { repo, sides, paths });
  const plain = paths.length === 0 ? first : await runAnalysisBeside(read);
  const given = { repo, sides: read, first: plain, openBuilds, analyse: runAnalysisBeside };
  const analysis = await compareBuilt(ado, given);
  const left = analysis.wanted.map((path) => `${path}: was not read`);
  const problems = [...analysis.problems, ...[...unread, ...left].map((message) => ({ message }))];
  const others = new Set(analysis.others);
  return {
    comparison: at.comparison,
    analysis: { ...analysis, problems, complete: problems.length === 0 },
    others: changes.filter(({ path }) => others.has(path)),
  };
}
