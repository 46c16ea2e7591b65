// Whose statuses count, and which letters are open. Anyone who may read a repository may post a
// status under any name: only the connector's own are verdicts, and only they end a letter.
import type { CommitStatus } from "../azure-devops/types.ts";
import { parseLetter, statusGenre } from "./letter.ts";

/** That somebody without a part in the change has approved it. */
export const fourEyesStatusName = "four-eyes";

/** Ids of the identities that a connector reports, or has reported, with. */
export type Reporters = ReadonlySet<string>;

export function isReported({ createdBy }: CommitStatus, reporters: Reporters): boolean {
  return createdBy !== undefined && reporters.has(createdBy.id);
}

/** The newest of a name that counts. */
export function latestReported(
  statuses: readonly CommitStatus[],
  { name, reporters }: { readonly name: string; readonly reporters: Reporters },
): CommitStatus | undefined {
  return newest(
    statuses.filter(
      (status) =>
        status.context.genre === statusGenre &&
        status.context.name === name &&
        isReported(status, reporters),
    ),
  );
}

/** The newest that counts of each name. */
export function latestByName(
  statuses: readonly CommitStatus[],
  reporters: Reporters,
): ReadonlyMap<string, CommitStatus> {
  const latest = new Map<string, CommitStatus>();
  for (const status of statuses) {
    const { genre, name } = status.context;
    if (genre !== statusGenre || !isReported(status, reporters)) continue;
    const before = latest.get(name);
    if (before === undefined || before.id < status.id) latest.set(name, status);
  }
  return latest;
}

/**
 * Pending letters of a commit that nothing reported later, with their context and targetUrl, has
 * closed; a repeated one once for each author. What a reporter says of a letter is none itself.
 */
export function openLetters(
  statuses: readonly CommitStatus[],
  reporters: Reporters,
): readonly CommitStatus[] {
  const open = new Map<string, CommitStatus>();
  // By address: anyone may post a thousand of them.
  const closedBy = new Map<string, number>();
  for (const status of statuses) {
    if (status.state === "pending" || !isReported(status, reporters)) continue;
    closedBy.set(addressOf(status), Math.max(status.id, closedBy.get(addressOf(status)) ?? 0));
  }
  for (const status of statuses) {
    if (status.state !== "pending" || isReported(status, reporters)) continue;
    const key = `${addressOf(status)}\n${status.createdBy?.id}`;
    if (open.has(key) || (closedBy.get(addressOf(status)) ?? 0) > status.id) continue;
    if (parseLetter(status) !== undefined) open.set(key, status);
  }
  return [...open.values()];
}

/** What a reporter said of this letter's end; of an earlier attempt's it is older than the letter. */
export function closingOf(
  statuses: readonly CommitStatus[],
  { letter, reporters }: { readonly letter: CommitStatus; readonly reporters: Reporters },
): CommitStatus | undefined {
  return newest(
    statuses.filter(
      (status) =>
        status.state !== "pending" &&
        status.id > letter.id &&
        addressOf(status) === addressOf(letter) &&
        isReported(status, reporters),
    ),
  );
}

function addressOf({ context, targetUrl }: CommitStatus): string {
  return [context.genre, context.name, targetUrl].join("\n");
}

function newest(statuses: readonly CommitStatus[]): CommitStatus | undefined {
  return statuses.reduce<CommitStatus | undefined>(
    (best, one) => (best !== undefined && best.id > one.id ? best : one),
    undefined,
  );
}
