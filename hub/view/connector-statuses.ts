import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import { isReported, openLetters, type Reporters } from "../../core/run/statuses.ts";

/** Ids of the identities that connectors report with; empty where none says so. */
export function connectorsOf(
  snapshots: readonly Pick<EnvironmentSnapshot, "reportedBy">[],
): Reporters {
  return new Set(snapshots.flatMap(({ reportedBy }) => reportedBy ?? []));
}

/**
 * What connectors said on a commit, and open letters: anyone who may read a repository may post
 * under the same names. Where no connector is known, everything.
 */
export function byConnectors(
  statuses: readonly CommitStatus[],
  connectors: Reporters,
): readonly CommitStatus[] {
  if (connectors.size === 0) return statuses;
  return statuses.filter(
    (status) =>
      isReported(status, connectors) ||
      (status.state === "pending" && status.context.name.startsWith("wait/")),
  );
}

/**
 * Who said what is left after {@link byConnectors}. A job of any pipeline can post statuses too, as
 * the Build service: theirs are letters, never verdicts.
 */
export function reportersOf(said: readonly CommitStatus[]): Reporters {
  const own = said.filter((status) => !isOfService(status));
  return new Set(own.flatMap(({ createdBy }) => createdBy?.id ?? []));
}

/** By an identity of the service itself, as the Build service is. */
export function isOfService({ createdBy }: CommitStatus): boolean {
  return createdBy?.descriptor?.startsWith("svc.") === true;
}

/** Of what {@link byConnectors} left. */
export function openLettersOf(said: readonly CommitStatus[]): readonly CommitStatus[] {
  return openLetters(said, reportersOf(said));
}
