import { latestReported } from "../core/run/statuses.ts";
import type { CommitStatus } from "../core/azure-devops/types.ts";
import type { Connector } from "./connector.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";

const looksBack = 20;

/**
 * The newest of the commits whose status of that name, by the connector itself, is succeeded.
 * @param commits newest first
 */
export async function findNewestSucceeded(
  connector: Pick<Connector, "me" | "former">,
  repository: ManifestsRepository,
  of: { readonly commits: readonly string[]; readonly name: string; readonly maxAgeMs: number },
): Promise<string | undefined> {
  for (const commit of of.commits.slice(0, looksBack)) {
    const statuses = await repository.statuses(commit, of.maxAgeMs);
    if (latestOwn(connector, statuses, of.name)?.state === "succeeded") return commit;
  }
  return undefined;
}

/** The connector's own newest status of a context. */
export function latestOwn(
  { me, former = [] }: Pick<Connector, "me" | "former">,
  statuses: readonly CommitStatus[],
  name: string,
): CommitStatus | undefined {
  return latestReported(statuses, { name, reporters: new Set([me, ...former]) });
}
