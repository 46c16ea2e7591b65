import type { AzureDevOps, RepositoryRef } from "../../clients/azure-devops/connection.ts";
import { readConnectionData } from "../../clients/azure-devops/identity.ts";
import { listThreads, readLastIteration } from "../../clients/azure-devops/placed-threads.ts";
import { listPullRequestStatuses } from "../../clients/azure-devops/pull-request-statuses.ts";
import { findingOf, validationContext } from "../../core/run/validation-record.ts";
import { isBuildIdentity } from "../../core/gate/build-identity.ts";

/** What ValidateManifests said of the pull request. */
export type Validation =
  | { readonly state: "none" }
  | {
      readonly state: "passed" | "failed" | "running";
      readonly text: string;
      readonly url: string | undefined;
      /** It judged an earlier push: what is there now is not validated. */
      readonly isOld: boolean;
      /** Errors that it wrote on lines and that are still open. */
      readonly findings: readonly string[];
    };

const mostFindings = 20;

/** By the Build service of the repository's project only: anyone may post a status of any name. */
export async function loadValidation(
  ado: AzureDevOps,
  of: { readonly repo: RepositoryRef; readonly project: string; readonly id: number },
): Promise<Validation> {
  const [statuses, { instanceId: host }] = await Promise.all([
    listPullRequestStatuses(ado, of),
    readConnectionData(ado),
  ]);
  const newest = statuses
    .filter(({ context }) => context.genre === validationContext.genre)
    .filter(({ context }) => context.name === validationContext.name)
    .filter(({ createdBy }) => isBuildIdentity(createdBy, { host, ids: [of.project] }))
    .sort((a, b) => b.id - a.id)[0];
  if (newest === undefined) return { state: "none" };
  const { state, description = "", targetUrl, iterationId } = newest;
  const last = await readLastIteration(ado, of);
  const threads = state === "succeeded" ? [] : await listThreads(ado, of);
  return {
    state: state === "succeeded" ? "passed" : state === "pending" ? "running" : "failed",
    text: description,
    url: targetUrl,
    isOld: iterationId !== undefined && last !== undefined && iterationId < last,
    findings: threads
      .filter(({ status, isDeleted }) => status === "active" && isDeleted !== true)
      .flatMap((thread) => findingOf(thread) ?? [])
      .slice(0, mostFindings),
  };
}
