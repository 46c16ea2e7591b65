import { commitUrl } from "../../core/azure-devops/urls.ts";
import type { Moment } from "../data/compare-folders.ts";
import type { ReportedCommit } from "../data/load-deployed.ts";
import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { agoText } from "./ago.ts";
import { type CommitView, mergedPullRequest } from "./environment-view.ts";
import type { Place } from "./place.ts";
import { verdictOf } from "./verdict.ts";

export type HistoryRow = CommitView & { readonly id: string };

const tones = { succeeded: "good", failed: "bad", pending: "plain" } as const;

/** Commits of an environment as rows. One that nobody spoke of is neither well nor ill. */
export function historyRows(
  commits: readonly ReportedCommit[],
  of: {
    readonly facts: Pick<EnvironmentsFacts, "repositories">;
    readonly environment: string;
    readonly at: Moment;
    readonly here: Place;
  },
): readonly HistoryRow[] {
  const { facts, environment, at, here } = of;
  const found = facts.repositories.find(({ repository }) => repository.id === at.repo.repository);
  const address = {
    organisationUrl: here.organisationUrl,
    project: found?.repository.project.name ?? at.repo.project,
    repository: found?.repository.name ?? at.repo.repository,
  };
  return commits.map(({ commitId, comment, author, committer, statuses }): HistoryRow => {
    const verdict = verdictOf(statuses, environment);
    return {
      id: commitId,
      commit: { text: commitId.slice(0, 8), url: commitUrl(address, commitId) },
      title: comment.split("\n")[0] ?? "",
      pullRequest: mergedPullRequest(comment, address),
      by: author?.name ?? "",
      age: committer === undefined ? "" : agoText(committer.date, here.now),
      tone: verdict === undefined ? "plain" : tones[verdict.state],
      verdict: verdict?.text || (verdict?.state ?? "nothing said about it"),
    };
  });
}
