import type { Commit } from "../../core/azure-devops/types.ts";
import { type Attempt, carrierOf } from "../../core/run/attempts.ts";
import { saysUnchanged } from "../../core/run/carrier.ts";
import { type CommitTrailers, parseTrailers } from "../../core/run/trailers.ts";
import { commitChanges, getCommit } from "./commits.ts";
import type { AzureDevOps, RepositoryRef } from "./connection.ts";

export type Carrier = {
  readonly id: string;
  /** Undefined when the repository has no such commit. */
  readonly commit: Commit | undefined;
  readonly trailers: CommitTrailers | undefined;
};

export async function readCarrier(
  ado: AzureDevOps,
  { repo, commit: id }: { readonly repo: RepositoryRef; readonly commit: string },
): Promise<Carrier> {
  const commit = await getCommit(ado, { repo, commit: id });
  return { id, commit, trailers: parseTrailers(commit?.comment ?? "") };
}

/** Whether it says itself that its run had nothing to change. */
export async function readUnchanged(
  ado: AzureDevOps,
  { repo, carrier }: { readonly repo: RepositoryRef; readonly carrier: Carrier },
): Promise<boolean> {
  const { id, trailers } = carrier;
  const isOlder = trailers !== undefined && trailers.operation === undefined;
  const changes = isOlder ? await commitChanges(ado, { repo, commit: id }) : undefined;
  return saysUnchanged({ trailers, differs: changes && changes.length > 0 });
}

/**
 * Of several attempts of one run the highest that got through: it has a pull request, or says that
 * there was nothing to change. What a killed task left counts only where there is nothing else.
 */
export async function readCountingAttempt(
  ado: AzureDevOps,
  { repo, attempts }: { readonly repo: RepositoryRef; readonly attempts: readonly Attempt[] },
): Promise<Attempt | undefined> {
  if (attempts.length > 1) {
    for (const attempt of attempts.toReversed()) {
      if (attempt.pullRequests.length > 0) return attempt;
      const commit = carrierOf(attempt);
      if (commit === undefined) continue;
      const carrier = await readCarrier(ado, { repo, commit });
      if (await readUnchanged(ado, { repo, carrier })) return attempt;
    }
  }
  return attempts.at(-1);
}
