// The history of an environment, from git, statuses and pull requests: nothing else is kept anywhere.
import { approversOf } from "../../core/azure-devops/approvers.ts";
import type { Commit, CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import { parseRunUrl, pullRequestUrl } from "../../core/azure-devops/urls.ts";
import { causeText } from "../../core/errors.ts";
import type { HistoryEntry } from "../../core/history/history.ts";
import { statusGenre } from "../../core/run/letter.ts";
import { parseTrailers, type CommitTrailers } from "../../core/run/trailers.ts";
import { findBuild } from "./builds.ts";
import { getCommit, listCommits } from "./commits.ts";
import type { AzureDevOps, RepositoryRef } from "./connection.ts";
import { listPullRequestsOfCommit } from "./pull-request-query.ts";
import { getPullRequest } from "./pull-requests.ts";
import { listStatuses } from "./statuses.ts";

export type HistoryQuestion = {
  readonly repo: RepositoryRef;
  readonly branch: string;
  readonly environment: string;
  /** Its folder; empty for the root. */
  readonly path: string;
  readonly top: number;
  /** ISO date. */
  readonly since?: string;
  /** Ids of the identities whose statuses count; empty: anybody's, and whose it is stands there. */
  readonly reporters: readonly string[];
};

/** Newest first. What of a commit cannot be read is said in its entry, and hides no other. */
export async function readHistory(
  ado: AzureDevOps,
  question: HistoryQuestion,
): Promise<readonly HistoryEntry[]> {
  const { repo, branch, path, top, since } = question;
  const commits = await listCommits(ado, {
    ...{ repo, branch, top, firstParent: true },
    ...(path === "" ? {} : { path }),
    ...(since === undefined ? {} : { since }),
  });
  const entries: HistoryEntry[] = [];
  for (const { commitId } of commits) entries.push(await readEntry(ado, question, commitId));
  return entries;
}

async function readEntry(
  ado: AzureDevOps,
  question: HistoryQuestion,
  commit: string,
): Promise<HistoryEntry> {
  const { repo, environment, reporters } = question;
  const notRead: string[] = [];
  const attempt = async <T>(what: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      notRead.push(`${what}: ${causeText(error)}`);
      return undefined;
    }
  };
  const own = await attempt("commit", () => getCommit(ado, { repo, commit }));
  const merged = await attempt("pull request", () => readMerged(ado, repo, commit));
  const head = merged?.lastMergeSourceCommit?.commitId;
  const source =
    head === undefined ? own : await attempt("head", () => getCommit(ado, { repo, commit: head }));
  const trailers = parseTrailers(source?.comment ?? "") ?? parseTrailers(own?.comment ?? "");
  const runner = trailers && (await attempt("run", () => readRunner(ado, trailers)));
  const statuses = (await attempt("statuses", () => listStatuses(ado, { repo, commit }))) ?? [];
  const result = lastOf(statuses, environment, reporters);
  const broughtBy = merged?.createdBy.displayName ?? own?.push?.pushedBy?.displayName ?? null;
  return {
    commit,
    when: whenOf(own),
    title: (own?.comment ?? "").split("\n")[0] ?? "",
    deliveries: deliveriesOf(statuses, environment, trailers),
    code: trailers?.source ?? null,
    run: trailers?.run ?? null,
    who: runner ?? broughtBy,
    broughtBy,
    pullRequest: merged
      ? pullRequestUrl({ organisationUrl: ado.organisationUrl, ...repo }, merged.pullRequestId)
      : null,
    approvedBy: approversOf(merged?.reviewers ?? []).map(({ displayName }) => displayName),
    completedBy: merged?.closedBy?.displayName ?? null,
    result: result?.state ?? null,
    resultAt: result?.creationDate ?? null,
    resultBy: result?.createdBy?.displayName ?? null,
    notRead,
  };
}

async function readMerged(
  ado: AzureDevOps,
  repo: RepositoryRef,
  commit: string,
): Promise<PullRequest | undefined> {
  const all = await listPullRequestsOfCommit(ado, { repo, commit });
  const found = all.find(
    ({ status, lastMergeCommit }) => status === "completed" && lastMergeCommit?.commitId === commit,
  );
  return found && getPullRequest(ado, { repo, id: found.pullRequestId });
}

// Only of this organisation: nothing else is ever asked for what a commit says.
async function readRunner(
  ado: AzureDevOps,
  { run: url }: CommitTrailers,
): Promise<string | undefined> {
  const run = parseRunUrl(url);
  if (run === undefined || run.organisationUrl !== ado.organisationUrl) return undefined;
  const build = await findBuild(ado, { project: run.project, build: run.build });
  if (build === undefined) throw new Error(`run ${run.build} is not there any more`);
  return build.requestedFor?.displayName;
}

function whenOf(commit: Commit | undefined): string {
  return commit?.push?.date ?? commit?.committer?.date ?? "";
}

function lastOf(
  statuses: readonly CommitStatus[],
  environment: string,
  reporters: readonly string[],
): CommitStatus | undefined {
  return statuses
    .filter(
      ({ context, createdBy }) =>
        context.genre === statusGenre &&
        context.name === environment &&
        (reporters.length === 0 || reporters.includes(createdBy?.id ?? "")),
    )
    .sort((a, b) => a.id - b.id)
    .at(-1);
}

function deliveriesOf(
  statuses: readonly CommitStatus[],
  environment: string,
  trailers: CommitTrailers | undefined,
): readonly string[] {
  if (trailers?.environment === environment) return [trailers.delivery];
  const names = statuses.flatMap(({ context: { genre, name } }) => {
    const [delivery = "", of, ...rest] = name.split("/");
    return genre === statusGenre && of === environment && rest.length === 0 ? [delivery] : [];
  });
  return [...new Set(names)].sort();
}
