import type {
  CompletionOptions,
  PullRequest,
  PullRequestStatus,
} from "../../core/azure-devops/types.ts";
import {
  type AzureDevOps,
  call,
  get,
  git,
  list,
  oddAnswer,
  takeOrAbsent,
  tooLong,
  type RepositoryRef,
} from "./connection.ts";

import type { WantedReviewer } from "./pull-request-reviewers.ts";
import { writeOnce } from "./write-once.ts";

type OfPullRequest = { readonly repo: RepositoryRef; readonly id: number };

/** Whole; lists leave out labels, completion options and more. */
export async function getPullRequest(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<PullRequest | undefined> {
  const found = await takeOrAbsent(get<PullRequest | null>(ado, git(repo, "pullrequests", id)));
  if (found === undefined) return undefined;
  if (found?.pullRequestId !== id) throw oddAnswer(`it is not pull request !${id}`);
  return found;
}

/**
 * Newest first. Refs with `refs/heads/`. `createdSince` is in ms since 1970; a service that does not
 * know it (Azure DevOps Server) is asked page by page until they are older.
 */
export async function findPullRequests(
  ado: AzureDevOps,
  options: {
    readonly repo: RepositoryRef;
    readonly status: PullRequestStatus | "all";
    readonly sourceRef?: string;
    readonly targetRef?: string;
    readonly createdSince?: number;
  },
): Promise<readonly PullRequest[]> {
  const { createdSince: since = 0 } = options;
  const query = {
    "searchCriteria.status": options.status,
    "searchCriteria.sourceRefName": options.sourceRef,
    "searchCriteria.targetRefName": options.targetRef,
    ...(since > 0 ? { "searchCriteria.minTime": new Date(since).toISOString() } : {}),
  };
  const found = new Map<number, PullRequest>();
  for (let skip = 0; skip < mostListed; skip += pageSize) {
    const page = await list<PullRequest>(ado, {
      ...git(options.repo, "pullrequests"),
      query: { ...query, $top: pageSize, $skip: skip },
    });
    // A new one in the meantime moves the others to the next page.
    for (const one of page) found.set(one.pullRequestId, one);
    const oldest = Date.parse(page.at(-1)?.creationDate ?? "");
    if (page.length < pageSize || oldest < since) {
      return [...found.values()].filter(({ creationDate }) => !(Date.parse(creationDate) < since));
    }
  }
  throw tooLong(git(options.repo, "pullrequests"), mostListed);
}

const pageSize = 100;
const mostListed = 100 * pageSize;

/** A repository's newest, in any state. */
export function listNewestPullRequests(
  ado: AzureDevOps,
  { repo, top }: { readonly repo: RepositoryRef; readonly top: number },
): Promise<readonly PullRequest[]> {
  const query = { "searchCriteria.status": "all", $top: top };
  return list(ado, { ...git(repo, "pullrequests"), query });
}

/** Of all repositories of a project that this identity may see, newest first. */
export function findPullRequestsOfProject(
  ado: AzureDevOps,
  options: {
    readonly project: string;
    readonly status: PullRequestStatus | "all";
    readonly top: number;
  },
): Promise<readonly PullRequest[]> {
  const { project, status, top } = options;
  return list(ado, {
    project,
    path: ["git", "pullrequests"],
    query: { "searchCriteria.status": status, $top: top },
  });
}

export type NewPullRequest = {
  readonly repo: RepositoryRef;
  readonly sourceRef: string;
  readonly targetRef: string;
  readonly title: string;
  /** At most 4000 characters. */
  readonly description: string;
  readonly isDraft?: boolean;
  readonly labels?: readonly string[];
  /** Ids of work items. */
  readonly workItems?: readonly number[];
  readonly reviewers?: readonly WantedReviewer[];
};

/**
 * Where its answer is lost on the way, the open pull request of that source and target is taken.
 * @throws HttpError 409 GitPullRequestExistsException when there was one before.
 */
export function createPullRequest(ado: AzureDevOps, wanted: NewPullRequest): Promise<PullRequest> {
  const { repo, sourceRef, targetRef, title, description } = wanted;
  const { isDraft = false, labels = [], workItems = [], reviewers = [] } = wanted;
  const json = {
    sourceRefName: sourceRef,
    targetRefName: targetRef,
    title,
    description,
    ...(isDraft ? { isDraft } : {}),
    ...(labels.length > 0 ? { labels: labels.map((name) => ({ name })) } : {}),
    ...(reviewers.length > 0 ? { reviewers } : {}),
    ...(workItems.length > 0 ? { workItemRefs: workItems.map((id) => ({ id: String(id) })) } : {}),
  };
  const find = { repo, status: "active", sourceRef, targetRef } as const;
  return writeOnce({
    send: async () => {
      const answer = await call(ado, { ...git(repo, "pullrequests"), method: "POST", json });
      return answer.json<PullRequest>();
    },
    look: async () => (await findPullRequests(ado, find)).find(({ forkSource }) => !forkSource),
  });
}

/** The fields that the service lets be changed. Completing needs `lastMergeSourceCommit`. */
export type PullRequestChange = {
  readonly title?: string;
  readonly description?: string;
  readonly status?: PullRequestStatus;
  readonly isDraft?: boolean;
  readonly lastMergeSourceCommit?: { readonly commitId: string };
  readonly completionOptions?: CompletionOptions;
  readonly autoCompleteSetBy?: { readonly id: string };
  /** Works its merge out anew: "Restart merge" of the portal. UNVERIFIED (docs/unverified.md, 37). */
  readonly mergeStatus?: "queued";
};

/**
 * Completion is asynchronous: the answer may still say `active`. Sent again when the answer is lost:
 * the same change twice is one, but for the end of a pull request, which is looked up.
 */
export function updatePullRequest(
  ado: AzureDevOps,
  { repo, id, change }: OfPullRequest & { readonly change: PullRequestChange },
): Promise<PullRequest> {
  const { status } = change;
  return writeOnce({
    send: async () => {
      const route = git(repo, "pullrequests", id);
      return (await call(ado, { ...route, method: "PATCH", json: change })).json<PullRequest>();
    },
    look: async () => {
      if (status !== "abandoned" && status !== "completed") return undefined;
      const now = await getPullRequest(ado, { repo, id });
      return now?.status === status ? now : undefined;
    },
  });
}

/** 10 approves, 5 with suggestions, 0 resets, -5 waits for the author, -10 rejects. */
export type Vote = 10 | 5 | 0 | -5 | -10;

/** `reviewer` is the id of the identity that votes: one's own. */
export async function vote(
  ado: AzureDevOps,
  { repo, id, ...by }: OfPullRequest & { readonly reviewer: string; readonly vote: Vote },
): Promise<void> {
  const route = git(repo, "pullRequests", id, "reviewers", by.reviewer);
  await call(ado, { ...route, method: "PUT", json: { vote: by.vote } });
}
