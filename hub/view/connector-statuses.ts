import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import type { CommitStatus } from "../../core/azure-devops/types.ts";

/** Ids of the identities that connectors report with; empty where none says so. */
export function connectorsOf(
  snapshots: readonly Pick<EnvironmentSnapshot, "reportedBy">[],
): ReadonlySet<string> {
  return new Set(snapshots.flatMap(({ reportedBy }) => reportedBy ?? []));
}

/**
 * What connectors said on a commit, and open letters: anyone who may read a repository may post
 * under the same names. Where no connector is known, everything.
 */
export function byConnectors(
  statuses: readonly CommitStatus[],
  connectors: ReadonlySet<string>,
): readonly CommitStatus[] {
  if (connectors.size === 0) return statuses;
  return statuses.filter(
    ({ state, context, createdBy }) =>
      connectors.has(createdBy?.id ?? "") ||
      (state === "pending" && context.name.startsWith("wait/")),
  );
}
