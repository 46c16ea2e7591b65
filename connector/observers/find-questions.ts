import { monotonicNow } from "../../clients/monotonic.ts";
import type { EnvironmentConfig } from "../../core/connector-config/config.ts";
import { questionsOn, type ClusterQuestion } from "../../core/run/cluster-question.ts";
import { repositoryOf, type Connector } from "../connector.ts";

export type FoundQuestion = {
  readonly question: ClusterQuestion;
  readonly commit: string;
  readonly cluster: string;
};

// Whoever merges asks soon after: what has just come is looked at often, the rest seldom.
const justCameMs = 10 * 60_000;
const mostOfFolder = 5;

/**
 * The open questions of the decider about this environment: the newest of each delivery and cluster
 * on the last commits of the branch, and on the last ones that changed the environment's folder.
 */
export function createQuestionFinder(
  connector: Pick<Connector, "config" | "repositories">,
  clock = monotonicNow,
) {
  /** When a commit was first seen, and whether it then was new to the branch. */
  const seen = new Map<string, number>();
  const { letters, discovery } = connector.config.timings;
  let looked = false;

  return async function findQuestions(
    environment: EnvironmentConfig,
    held: ReadonlySet<string>,
  ): Promise<readonly FoundQuestion[]> {
    const { decider } = environment;
    const repository = repositoryOf(connector, environment);
    const head = await repository.head(letters / 2);
    if (decider === undefined || head === undefined) return [];
    const recent = await repository.history(head, "");
    const folder = await repository.history(head, environment.path);
    const commits = [...new Set([...recent, ...folder.slice(0, mostOfFolder)])];
    const now = clock();
    const found: FoundQuestion[] = [];
    for (const commit of commits) {
      // At the start nothing has just come.
      if (!seen.has(commit)) seen.set(commit, looked ? now : -Infinity);
      const often =
        commit === head || held.has(commit) || now - (seen.get(commit) ?? now) < justCameMs;
      const statuses = await repository.statuses(commit, often ? letters / 2 : discovery);
      for (const { name: cluster } of environment.clusters) {
        const asked = questionsOn(statuses, {
          ...{ environment: environment.name, cluster, askers: new Set([decider]) },
        });
        // The newest of each delivery: what was asked before is over.
        const newest = asked.filter(
          (one, index) => asked.findIndex(({ delivery }) => delivery === one.delivery) === index,
        );
        found.push(...newest.map((question) => ({ question, commit, cluster })));
      }
    }
    for (const commit of seen.keys()) if (!commits.includes(commit)) seen.delete(commit);
    looked = true;
    return found;
  };
}
