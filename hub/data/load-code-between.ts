import { readCodeCommitsOnlyIn, type CodeCommit } from "../../clients/azure-devops/code-commits.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { Repository } from "../../core/azure-devops/types.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import { findCodeRepository } from "./code-repository.ts";
import type { Memory } from "./memory.ts";

/** The code commits between what the environment is rendered from and what is proposed. */
export type CodeBetween =
  /** One of the sides does not say what it was rendered from. */
  | { readonly state: "unrecorded" }
  /** The delivery is not in the environment yet. */
  | { readonly state: "new"; readonly commit: string }
  | { readonly state: "same"; readonly commit: string }
  /** Its repository is elsewhere, or the viewer may not see it. */
  | { readonly state: "unseen"; readonly repository: string }
  | {
      readonly state: "known";
      readonly repository: Repository;
      /** Newest first, at most `mostCommits`. */
      readonly commits: readonly CodeCommit[];
      /** Those that the environment has and that would go. */
      readonly lost: readonly CodeCommit[];
    };

export const mostCommits = 50;

export async function loadCodeBetween(
  ado: AzureDevOps,
  of: {
    readonly project: string;
    readonly before: OwnershipIndex | undefined;
    readonly after: OwnershipIndex | undefined;
  },
  look: Memory,
): Promise<CodeBetween> {
  const [old, next] = [of.before?.provenance.source, of.after?.provenance.source];
  if (next === undefined) return { state: "unrecorded" };
  if (of.before === undefined) return { state: "new", commit: next.commit };
  if (old === undefined || old.repository !== next.repository) return { state: "unrecorded" };
  if (old.commit === next.commit) return { state: "same", commit: next.commit };
  const asked = { named: next.repository, project: of.project };
  const repository = await findCodeRepository(ado, asked, look);
  if (repository === undefined) return { state: "unseen", repository: next.repository };
  const repo = { project: repository.project.id, repository: repository.id };
  const only = (commit: string, without: string) =>
    readCodeCommitsOnlyIn(ado, { repo, commit, without, top: mostCommits });
  const [commits, lost] = await Promise.all([
    only(next.commit, old.commit),
    only(old.commit, next.commit),
  ]);
  return { state: "known", repository, commits, lost };
}
