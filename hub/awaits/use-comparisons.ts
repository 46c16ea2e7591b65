import * as React from "react";
import { useComparer } from "../components/use-comparer.ts";
import type { Comparer } from "../data/beside/comparer.ts";
import type { SeenCommits } from "../data/beside/questions.ts";
import type { PullRequestFacts } from "../data/load-pull-request.ts";

/** What a pull request came to; absent while it is not compared. */
export type Compared = SeenCommits | { readonly error: unknown };
export type Comparisons = ReadonlyMap<string, Compared>;

/** Names what is compared: another push, or another target, is compared anew. */
export function comparisonKey({ pullRequest, comparison }: PullRequestFacts): string {
  return JSON.stringify([pullRequest.repository.id, pullRequest.pullRequestId, comparison]);
}

/** Compares one pull request after the other, the longest waiting first. */
export function useComparisons(open: readonly PullRequestFacts[]): Comparisons {
  const comparer = useComparer("");
  const [done, setDone] = React.useState<Comparisons>(new Map());
  const known = React.useRef(done);
  known.current = done;
  const keys = open.map(comparisonKey).join();
  const [attempt, setAttempt] = React.useState(0);
  React.useEffect(() => {
    // What failed is compared again with each look.
    const hasFailed = [...known.current.values()].some((one) => "error" in one);
    if (hasFailed) setAttempt((n) => n + 1);
  }, [open]);
  React.useEffect(() => {
    let here = true;
    const compareAll = async () => {
      for (const facts of open) {
        const key = comparisonKey(facts);
        const last = known.current.get(key);
        if (facts.comparison === undefined || (last !== undefined && !("error" in last))) continue;
        const compared = await compareOne(comparer, facts).catch((error: unknown): Compared => {
          return { error };
        });
        if (!here) return;
        if (compared === undefined) continue;
        setDone((others) => new Map([...others, [key, compared]]));
      }
    };
    void compareAll();
    return () => {
      here = false;
    };
    // `open` is another list after each look; its keys say whether it holds anything else.
  }, [comparer, keys, attempt]);
  return done;
}

async function compareOne(
  comparer: Comparer,
  { comparison, pullRequest }: PullRequestFacts,
): Promise<Compared | undefined> {
  if (comparison === undefined) return undefined;
  const { repository } = pullRequest;
  const repo = { project: repository.project.id, repository: repository.id };
  const { before, after, source, basis } = comparison;
  const plain = await comparer.ask("commits", { repo, before, after });
  if (!plain.hangsOnCharts) return plain;
  const { id } = plain;
  const asked = { id, pullRequest, source, basis, known: undefined };
  return (await comparer.ask("charts", asked))?.changes ?? plain;
}
