// Threads on lines of a pull request that we find again by their properties.
import { TerminalError } from "../../core/errors.ts";
import { type AzureDevOps, call, get, git, list, type RepositoryRef } from "./connection.ts";

import { writeOnce } from "./write-once.ts";

type OfPullRequest = { readonly repo: RepositoryRef; readonly id: number };

export type Thread = {
  readonly id: number;
  readonly status?: string;
  readonly isDeleted?: boolean;
  readonly properties?: Readonly<Record<string, { readonly $value?: unknown } | undefined>> | null;
  readonly comments?: readonly { readonly id: number; readonly content?: string }[];
};

export function listThreads(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<readonly Thread[]> {
  return list<Thread>(ado, git(repo, "pullRequests", id, "threads"));
}

/** Adds a comment, on a line of the new side where one is named. */
export async function createThread(
  ado: AzureDevOps,
  options: OfPullRequest & {
    readonly content: string;
    readonly status: "active" | "closed";
    readonly properties: Readonly<Record<string, string>>;
    readonly place?: { readonly file: string; readonly line: number };
  },
): Promise<void> {
  const { repo, id, content, status, properties, place } = options;
  const at = place && { line: place.line, offset: 1 };
  const json = {
    comments: [{ parentCommentId: 0, content, commentType: "text" }],
    status,
    properties,
    ...(place
      ? { threadContext: { filePath: `/${place.file}`, rightFileStart: at, rightFileEnd: at } }
      : {}),
  };
  const route = git(repo, "pullRequests", id, "threads");
  const isIt = (thread: Thread) =>
    Object.entries(properties).every(
      ([name, value]) => thread.properties?.[name]?.$value === value,
    );
  await writeOnce({
    send: async () => (await call(ado, { ...route, method: "POST", json })).json<Thread>(),
    look: async () => (await listThreads(ado, { repo, id })).find(isIt),
  });
}

/** Changes a thread's status, and with `content` its first comment. */
export async function updateThread(
  ado: AzureDevOps,
  options: OfPullRequest & {
    readonly thread: Thread;
    readonly status?: "active" | "fixed" | "closed";
    readonly content?: string;
  },
): Promise<void> {
  const { repo, id, thread, status, content } = options;
  const path = git(repo, "pullRequests", id, "threads", thread.id);
  const first = thread.comments?.[0];
  if (content !== undefined && first !== undefined && first.content !== content) {
    const comment = git(repo, "pullRequests", id, "threads", thread.id, "comments", first.id);
    await call(ado, { ...comment, method: "PATCH", retry: true, json: { content } });
  }
  if (status !== undefined && status !== thread.status) {
    await call(ado, { ...path, method: "PATCH", retry: true, json: { status } });
  }
}

/** The newest iteration: what the pull request is after its last push. */
export async function readLastIteration(
  ado: AzureDevOps,
  of: OfPullRequest,
): Promise<number | undefined> {
  return newest(await readIterations(ado, of));
}

export type JudgedIteration = {
  readonly id: number | undefined;
  /** Whether a later push has come: what is said of this one must not count for that. */
  readonly isOutdated: boolean;
};

/**
 * The iteration whose source is the commit that was looked at, the newest where there are several;
 * without a commit the last one. @throws TerminalError when there is none.
 */
export async function readJudgedIteration(
  ado: AzureDevOps,
  of: OfPullRequest & { readonly source: string | undefined },
): Promise<JudgedIteration> {
  const { id: pullRequest, source } = of;
  for (const pause of [...pauses, undefined]) {
    const all = await readIterations(ado, of);
    const last = newest(all);
    if (source === undefined) return { id: last, isOutdated: false };
    const id = newest(all.filter(({ sourceRefCommit }) => sourceRefCommit?.commitId === source));
    if (id !== undefined) return { id, isOutdated: id !== last };
    if (pause !== undefined) await new Promise((resume) => setTimeout(resume, pause));
  }
  throw new TerminalError(
    `Failed to find commit ${source} in pull request !${pullRequest}: none of its iterations has it`,
    {
      code: "pull-request-moved",
      hint: "Its branch was rewritten meanwhile: queue this run again.",
    },
  );
}

// Milliseconds: the service lists a new head before it notes the iteration.
const pauses = [250, 750, 2000, 4000];

type Iteration = {
  readonly id: number;
  readonly sourceRefCommit?: { readonly commitId?: string } | null;
};

async function readIterations(
  ado: AzureDevOps,
  { repo, id }: OfPullRequest,
): Promise<readonly Iteration[]> {
  const route = git(repo, "pullRequests", id, "iterations");
  return (await get<{ readonly value?: readonly Iteration[] }>(ado, route)).value ?? [];
}

function newest(iterations: readonly Iteration[]): number | undefined {
  return iterations.map(({ id }) => id).sort((a, b) => b - a)[0];
}
