import type { AzureDevOps, RepositoryRef } from "../clients/azure-devops/connection.ts";
import { listStatuses } from "../clients/azure-devops/statuses.ts";
import { monotonicNow } from "../clients/monotonic.ts";
import type { CommitStatus } from "../core/azure-devops/types.ts";
import { isOfObject } from "../core/gate/environment-statuses.ts";
import { statusGenre } from "../core/run/letter.ts";
import { sizedCache } from "./sized-cache.ts";

/** Statuses of commits, with what this process has posted itself. */
export type StatusReader = {
  /** Fluxgate's, but those of single Flux objects, of which a commit may have thousands; at most `maxAgeMs` old. */
  readonly read: (commit: string, maxAgeMs: number) => Promise<readonly CommitStatus[]>;
  /** All of them, asked for now. */
  readonly readAll: (commit: string) => Promise<readonly CommitStatus[]>;
  /** Adds one that was posted just now. */
  readonly note: (commit: string, status: CommitStatus) => void;
};

type Known = { readonly at: number; readonly list: readonly CommitStatus[] };

// Some hundred bytes each.
const mostStatuses = 20_000;

/** @param isNew it came while this process looked on: it has what was noted, and no more */
export function statusReader(
  ado: AzureDevOps,
  repo: RepositoryRef,
  isNew: (commit: string) => boolean,
): StatusReader {
  const known = sizedCache<Known>({ mostEntries: mostStatuses, atLeast: 50 });
  const reading = new Map<string, Promise<readonly CommitStatus[]>>();

  async function ask(commit: string): Promise<readonly CommitStatus[]> {
    try {
      const list = await listStatuses(ado, { repo, commit });
      keep(commit, { at: monotonicNow(), list: list.filter(isKept) });
      return list;
    } finally {
      reading.delete(commit);
    }
  }

  // Several looks at one moment share one call.
  function readAll(commit: string): Promise<readonly CommitStatus[]> {
    const call = reading.get(commit) ?? ask(commit);
    reading.set(commit, call);
    return call;
  }

  function keep(commit: string, one: Known): void {
    known.set(commit, one, { entries: one.list.length });
  }

  function begun(commit: string): Known | undefined {
    if (!isNew(commit)) return undefined;
    const none = { at: monotonicNow(), list: [] };
    keep(commit, none);
    return none;
  }

  return {
    readAll,
    read: async (commit, maxAgeMs) => {
      const found = known.get(commit) ?? begun(commit);
      if (found && monotonicNow() - found.at <= maxAgeMs) return found.list;
      return (await readAll(commit)).filter(isKept);
    },
    note: (commit, status) => {
      const found = known.get(commit) ?? begun(commit);
      if (found && isKept(status)) {
        keep(commit, { at: found.at, list: [...found.list, status] });
      }
    },
  };
}

function isKept({ context }: CommitStatus): boolean {
  return context.genre === statusGenre && !isOfObject(context.name);
}
