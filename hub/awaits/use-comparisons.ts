import * as React from "react";
import { useHost } from "../components/host-context.tsx";
import { addAttachedCharts } from "../data/add-charts.ts";
import { type Changes, compareCommits } from "../data/compare-commits.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";

/** What a pull request came to; absent while it is not compared. */
export type Compared = Changes | { readonly error: unknown };
export type Comparisons = ReadonlyMap<string, Compared>;

/** Names what is compared: another push, or another target, is compared anew. */
export function comparisonKey({ pullRequest, comparison }: PullRequestFacts): string {
  return JSON.stringify([pullRequest.repository.id, pullRequest.pullRequestId, comparison]);
}

/** Compares one pull request after the other, the longest waiting first. */
export function useComparisons(open: readonly PullRequestFacts[]): Comparisons {
  const { ado } = useHost();
  const [done, setDone] = React.useState<Comparisons>(new Map());
  const known = React.useRef(done);
  known.current = done;
  const keys = open.map(comparisonKey).join();
  React.useEffect(() => {
    let here = true;
    const compareAll = async () => {
      for (const facts of open) {
        const key = comparisonKey(facts);
        const { comparison, pullRequest } = facts;
        if (comparison === undefined || known.current.has(key)) continue;
        const { repository } = pullRequest;
        const repo = { project: repository.project.id, repository: repository.id };
        const { before, after, source, basis } = comparison;
        const compared = await compareCommits(ado, { repo, before, after })
          .then((changes) => addAttachedCharts(ado, { changes, pullRequest, source, basis }))
          .catch((error: unknown): Compared => ({ error }));
        if (!here) return;
        setDone((others) => new Map([...others, [key, compared]]));
      }
    };
    void compareAll();
    return () => {
      here = false;
    };
    // `open` is another list after each look; its keys say whether it holds anything else.
  }, [ado, keys]);
  return done;
}
