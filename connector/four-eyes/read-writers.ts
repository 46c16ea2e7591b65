// Who wrote commits: whom git names, which anybody can set, and who pushed, which the service sets.
import { readCommitsOnlyIn, getCommit, listCommits } from "../../clients/azure-devops/commits.ts";
import type { RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { listPullRequestCommits } from "../../clients/azure-devops/pull-request-history.ts";
import { listPullRequestsOfCommit } from "../../clients/azure-devops/pull-request-query.ts";
import type { Commit, GitPerson } from "../../core/azure-devops/types.ts";
import type { Involved } from "../../core/four-eyes/decide-four-eyes.ts";
import { knownPerson, mayBeSame, type Someone } from "../../core/four-eyes/person.ts";
import type { Connector } from "../connector.ts";
import { isPerson, someoneIn, someoneOf, type Directory } from "./directory.ts";

export type Found = {
  readonly involved: readonly Involved[];
  readonly unclear: readonly string[];
  readonly notes?: readonly string[];
};

type Room = Pick<Connector, "ado" | "config">;

/** More of them nobody looks at before approving, and each costs a call. */
export const mostCommits = 100;

/** Commits of one that another has not; without another the newest. */
export async function readRange(
  { ado }: Room,
  of: { readonly repo: RepositoryRef; readonly commit: string; readonly without?: string },
): Promise<{ readonly commits: readonly Commit[]; readonly unclear: readonly string[] }> {
  const { repo, commit, without } = of;
  const top = mostCommits + 1;
  const commits =
    without === undefined
      ? await listCommits(ado, { repo, commit, top: mostCommits })
      : without === commit
        ? []
        : await readCommitsOnlyIn(ado, { repo, commit, without, top });
  if (commits.length < top) return { commits, unclear: [] };
  return { commits: [], unclear: [`it brings more than ${mostCommits} commits`] };
}

/** The writer and the pusher of a commit; of one that a pull request's completion made, its people. */
export async function readWriters(
  room: Room,
  directory: Directory,
  { repo, commit }: { readonly repo: RepositoryRef; readonly commit: string },
): Promise<Found> {
  const short = commit.slice(0, 8);
  const found = await getCommit(room.ado, { repo, commit });
  if (found === undefined) return { involved: [], unclear: [`commit ${short} is not to be seen`] };
  const merged = await readCompletion(room, repo, found);
  if (merged !== undefined)
    return nameAuthors(room, directory, { ...merged, how: `wrote ${short}` });
  const pushedBy = found.push?.pushedBy;
  if (pushedBy === undefined)
    return { involved: [], unclear: [`who pushed ${short} is not to be seen`] };
  const pusher = await directory.byId(pushedBy.id);
  const who = pusher ? someoneOf(pusher) : someoneIn(pushedBy);
  // A machine pushes what somebody wrote.
  const pushed = isPerson(pusher?.descriptor ?? pushedBy.descriptor) ? [who] : [];
  return nameAuthors(room, directory, {
    authors: found.author ? [found.author] : [],
    known: pushed,
    how: `wrote ${short}`,
  });
}

// A merge's author is whoever clicked: who wrote it is in the pull request.
async function readCompletion({ ado }: Room, repo: RepositoryRef, { commitId, comment }: Commit) {
  if (!/^Merged PR \d+/.test(comment)) return undefined;
  const all = await listPullRequestsOfCommit(ado, { repo, commit: commitId });
  const own = all.find(
    ({ status, lastMergeCommit }) =>
      status === "completed" && lastMergeCommit?.commitId === commitId,
  );
  if (own === undefined) return undefined;
  const id = own.pullRequestId;
  const commits = await listPullRequestCommits(ado, { repo, id, top: mostCommits });
  return {
    authors: commits.flatMap(({ author }) => author ?? []),
    known: [someoneIn(own.createdBy)],
  };
}

async function nameAuthors(
  { config: { people } }: Room,
  directory: Directory,
  of: {
    readonly authors: readonly GitPerson[];
    readonly known: readonly Someone[];
    readonly how: string;
  },
): Promise<Found> {
  const { authors, known, how } = of;
  const involved: Involved[] = known.map((who) => ({ who, how }));
  const unclear: string[] = [];
  const distinct = new Map(authors.map((one) => [`${one.name} ${one.email}`, one]));
  for (const { name, email } of distinct.values()) {
    const author = { name, accounts: [email] };
    const account = await directory.byAccount(email);
    involved.push({ who: account ? someoneOf(account) : author, how });
    const isKnown =
      account !== undefined ||
      knownPerson(email, people) !== undefined ||
      known.some((one) => mayBeSame(one, author, people));
    if (isKnown) continue;
    unclear.push(`nobody here is ${name} <${email}>, who ${how}: name that account under people`);
  }
  return { involved, unclear };
}
