import type { CommitStatus, NewCommitStatus } from "../../core/azure-devops/types.ts";
import {
  type AzureDevOps,
  call,
  git,
  listAll,
  oddAnswer,
  type RepositoryRef,
} from "./connection.ts";

type OfCommit = { readonly repo: RepositoryRef; readonly commit: string };

/** All statuses of a commit, also those that a newer one of the same context replaced. */
export function listStatuses(
  ado: AzureDevOps,
  { repo, commit }: OfCommit,
): Promise<readonly CommitStatus[]> {
  const route = git(repo, "commits", commit, "statuses");
  return listAll<CommitStatus>(ado, route, { top: "top", skip: "skip", size: 1000 });
}

/** Adds one; earlier ones of the same context stay. Compare with {@link listStatuses} first. */
export async function postStatus(
  ado: AzureDevOps,
  { repo, commit, status }: OfCommit & { readonly status: NewCommitStatus },
): Promise<CommitStatus> {
  const answer = await call(ado, {
    ...git(repo, "commits", commit, "statuses"),
    method: "POST",
    json: status,
  });
  const made = answer.json<Partial<CommitStatus> | null>();
  // Something else than the service may have answered, and the status is nowhere then.
  if (typeof made?.id !== "number" || made.context?.name !== status.context.name) {
    throw oddAnswer(`it is not the status ${status.context.name}`);
  }
  return made as CommitStatus;
}
