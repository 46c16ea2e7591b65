import type { PullRequest } from "../../core/azure-devops/types.ts";
import { approversOf } from "../../core/azure-devops/approvers.ts";
import { commitUrl, pullRequestUrl, type RepositoryAddress } from "../../core/azure-devops/urls.ts";
import type { Moment } from "../data/compare-folders.ts";
import type { HistoryCommit } from "../data/load-history.ts";
import type { EnvironmentsFacts } from "../data/load-environments.ts";
import { agoText } from "./ago.ts";
import { type CommitView, mergedPullRequest } from "./environment-view.ts";
import type { Place } from "./place.ts";
import type { Linked } from "./request-view.ts";
import { shownVerdict, verdictOf } from "./verdict.ts";

export type HistoryRow = CommitView & {
  readonly id: string;
  /** `approved by Ari Approver`; empty where no pull request is known. */
  readonly approved: string;
};

/** Commits of an environment as rows. One that nobody spoke of is neither well nor ill. */
export function historyRows(
  commits: readonly HistoryCommit[],
  of: {
    readonly facts: Pick<EnvironmentsFacts, "repositories" | "reportsRead">;
    readonly environment: string;
    readonly merged: ReadonlyMap<string, PullRequest>;
    readonly at: Moment;
    readonly here: Place;
  },
): readonly HistoryRow[] {
  const { facts, environment, merged, at, here } = of;
  const found = facts.repositories.find(({ repository }) => repository.id === at.repo.repository);
  const address = {
    organisationUrl: here.organisationUrl,
    project: found?.repository.project.name ?? at.repo.project,
    repository: found?.repository.name ?? at.repo.repository,
  };
  return commits.map(({ commitId, comment, author, committer, statuses }): HistoryRow => {
    const { tone, text } =
      "value" in statuses
        ? shownVerdict(verdictOf(statuses.value, environment), facts.reportsRead)
        : ({ tone: "warning", text: "could not be read" } as const);
    const request = merged.get(commitId);
    return {
      id: commitId,
      commit: { text: commitId.slice(0, 8), url: commitUrl(address, commitId) },
      title: comment.split("\n")[0] ?? "",
      pullRequest: request ? linkOf(request, address) : mergedPullRequest(comment, address),
      by: author?.name ?? "",
      age: committer === undefined ? "" : agoText(committer.date, here.now),
      tone,
      verdict: text,
      approved: request === undefined ? "" : approvedText(request),
    };
  });
}

function linkOf({ pullRequestId: id }: PullRequest, address: RepositoryAddress): Linked {
  return { text: `!${id}`, url: pullRequestUrl(address, id) };
}

/** Of the votes that stand: a push may have taken earlier ones away, and whoever cast one may. */
function approvedText({ reviewers }: PullRequest): string {
  if (reviewers === undefined) return "";
  const names = approversOf(reviewers).map(({ displayName }) => displayName);
  return names.length === 0 ? "no approval stands" : `approved by ${names.join(", ")}`;
}
