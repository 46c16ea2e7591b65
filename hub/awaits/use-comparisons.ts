import * as React from "react";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { useComparer } from "../components/use-comparer.ts";
import type { Comparer } from "../data/beside/comparer.ts";
import { type Compared, type ComparedCommits, isSettled } from "../data/compared-request.ts";
import { reading } from "../data/read.ts";
import type { Comparison, PullRequestFacts } from "../data/load-pull-request.ts";

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
  const isShown = React.useRef(true);
  React.useEffect(() => () => void (isShown.current = false), []);
  const last = React.useRef(Promise.resolve());
  const asking = React.useRef(new Set<string>());
  React.useEffect(() => {
    let isNewest = true;
    const keep = (key: string, compared: Compared) => {
      if (isShown.current) setDone((others) => new Map([...others, [key, compared]]));
    };
    const compareAll = async () => {
      const find = (facts: PullRequestFacts) => known.current.get(comparisonKey(facts));
      // With each look again what is not settled, after what was never looked at.
      const left = open
        .filter((facts) => !asking.current.has(comparisonKey(facts)))
        .filter((facts) => !isSettled(find(facts)));
      const fresh = left.filter((facts) => find(facts) === undefined);
      for (const facts of [...fresh, ...left.filter((one) => !fresh.includes(one))]) {
        if (!isNewest) return;
        // What was known of it stays until there is more.
        const isNews = (compared: Compared) =>
          "error" in compared || compared.server !== undefined || find(facts) === undefined;
        const key = comparisonKey(facts);
        asking.current.add(key);
        const { server } = await compareOne(comparer, facts, (compared) => {
          if (isNews(compared)) keep(key, compared);
        });
        // The next one is compared meanwhile: what is grave by itself need not wait for it.
        void server.finally(() => asking.current.delete(key));
      }
    };
    last.current = last.current.then(compareAll);
    return () => {
      isNewest = false;
    };
  }, [comparer, open]);
  return done;
}

/** So long after it was opened what charts render may still be attached to it. */
const chartsWithinMs = 3_600_000;

/** Ends with the comparison; `server` with the API server's word on it. */
async function compareOne(
  comparer: Comparer,
  { pullRequest, comparison }: PullRequestFacts,
  keep: (compared: Compared) => void,
): Promise<{ readonly server: Promise<void> }> {
  const done = { server: Promise.resolve() };
  if (comparison === undefined) return done;
  const compared = await reading(askFor(comparer, pullRequest, comparison));
  if ("error" in compared) {
    keep(compared);
    return done;
  }
  keep({ ...compared.value, server: undefined });
  const asked = reading(comparer.ask("server", { id: compared.value.id }));
  return { server: asked.then((server) => keep({ ...compared.value, server })) };
}

async function askFor(
  comparer: Comparer,
  pullRequest: PullRequest,
  comparison: Comparison,
): Promise<Omit<ComparedCommits, "server">> {
  const { repository, creationDate } = pullRequest;
  const repo = { project: repository.project.id, repository: repository.id };
  const { before, after, source, basis } = comparison;
  const plain = await comparer.ask("commits", { repo, before, after });
  if (!plain.hangsOnCharts) return { ...plain, lacksCharts: false };
  const asked = { id: plain.id, pullRequest, source, basis, known: undefined };
  const found = await comparer.ask("charts", asked);
  const isYoung = Date.now() - Date.parse(creationDate) < chartsWithinMs;
  return { ...(found?.changes ?? plain), lacksCharts: found === undefined && isYoung };
}
