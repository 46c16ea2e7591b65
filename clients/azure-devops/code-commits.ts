import type { Commit } from "../../core/azure-devops/types.ts";
import { readCommitsOnlyIn } from "./commits.ts";
import type { AzureDevOps, RepositoryRef } from "./connection.ts";

/** A commit, and the work items that it is linked to or mentions. */
export type CodeCommit = Commit & { readonly workItems: readonly number[] };

type Answered = Commit & { readonly workItems?: readonly { readonly id?: string | number }[] };

/** As {@link readCommitsOnlyIn}, with work items where the service tells them. */
export async function readCodeCommitsOnlyIn(
  ado: AzureDevOps,
  of: {
    readonly repo: RepositoryRef;
    readonly commit: string;
    readonly without: string;
    readonly top: number;
  },
): Promise<readonly CodeCommit[]> {
  const found: readonly Answered[] = await readCommitsOnlyIn(ado, { ...of, workItems: true });
  return found.map((commit) => ({
    ...commit,
    workItems: (commit.workItems ?? []).map(({ id }) => Number(id)).filter(Number.isSafeInteger),
  }));
}
