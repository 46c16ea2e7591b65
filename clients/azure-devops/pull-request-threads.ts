// Threads of a pull request: what we say there, and what the service itself notes.
import type { IdentityRef } from "../../core/azure-devops/types.ts";
import { type AzureDevOps, call, git, list, type RepositoryRef } from "./connection.ts";
import { writeOnce } from "./write-once.ts";

type OfPullRequest = { readonly repo: RepositoryRef; readonly id: number };

type Thread = { readonly comments?: readonly { readonly content?: string }[] | null };

/**
 * Opens a thread with one comment (Markdown), closed at once unless it asks for something. `once`:
 * not where the same words stand there already.
 */
export async function postComment(
  ado: AzureDevOps,
  of: OfPullRequest & { readonly text: string; readonly open?: boolean; readonly once?: boolean },
): Promise<void> {
  const { repo, id, text, open = false, once = false } = of;
  const route = git(repo, "pullRequests", id, "threads");
  const look = async () => {
    const threads = await list<Thread>(ado, route);
    return threads.find((thread) => thread.comments?.some(({ content }) => content === text));
  };
  if (once && (await look()) !== undefined) return;
  const json = {
    comments: [{ parentCommentId: 0, content: text, commentType: "text" }],
    status: open ? "active" : "closed",
  };
  await writeOnce({
    send: async () => (await call(ado, { ...route, method: "POST", json })).json<Thread>(),
    look,
  });
}

type TextThread = {
  readonly isDeleted?: boolean;
  readonly comments?:
    | readonly {
        readonly content?: string;
        readonly author?: IdentityRef;
        readonly publishedDate?: string;
        readonly commentType?: string;
        readonly isDeleted?: boolean;
      }[]
    | null;
};

export type Comment = {
  readonly text: string;
  readonly author: IdentityRef;
  readonly publishedDate: string;
};

/** What people wrote, oldest first; what was deleted is not there. */
export async function listComments(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<readonly Comment[]> {
  const threads = await list<TextThread>(ado, git(repo, "pullRequests", id, "threads"));
  return threads
    .filter(({ isDeleted }) => isDeleted !== true)
    .flatMap(({ comments }) => comments ?? [])
    .flatMap(({ content, author, publishedDate, commentType, isDeleted }) => {
      const isText = commentType === "text" && isDeleted !== true;
      if (!isText || !content || !author || !publishedDate) return [];
      return [{ text: content, author, publishedDate }];
    })
    .sort((a, b) => Date.parse(a.publishedDate) - Date.parse(b.publishedDate));
}

/** When its source branch was pushed to last, by the service's own clock. */
export async function readLastPush(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<string | undefined> {
  type Iteration = { readonly id: number; readonly createdDate?: string };
  const iterations = await list<Iteration>(ado, git(repo, "pullRequests", id, "iterations"));
  return [...iterations].sort((a, b) => b.id - a.id)[0]?.createdDate;
}

type SystemThread = {
  readonly properties?: Readonly<Record<string, { readonly $value?: unknown }>> | null;
  readonly identities?: Readonly<Record<string, { readonly displayName?: string }>> | null;
};

/**
 * Who abandoned it, by name. `closedBy` is there only for completed ones; the service notes the
 * change of status in a thread of its own (its properties are UNVERIFIED).
 */
export async function findWhoAbandoned(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<string | undefined> {
  const threads = await list<SystemThread>(ado, git(repo, "pullRequests", id, "threads"));
  const changes = threads.filter(
    ({ properties }) => properties?.["CodeReviewThreadType"]?.$value === "StatusUpdate",
  );
  const { properties, identities } = changes.at(-1) ?? {};
  const by = properties?.["CodeReviewStatusUpdatedByIdentity"]?.$value;
  return typeof by === "string" ? identities?.[by]?.displayName : undefined;
}
