import { findPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { parseLetter, type Letter } from "../../core/run/letter.ts";
import { parseRunBranch, runBranchName } from "../../core/run/branch.ts";
import type { CommitStatus, PullRequest } from "../../core/azure-devops/types.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

/** A letter that nothing has closed yet, with the commit that it lies on. */
export type OpenLetter = {
  readonly letter: Letter;
  readonly status: CommitStatus;
  readonly carrier: string;
};

/** Letters on the heads of the runs' branches: one call. */
export async function lettersOnBranches(
  connector: Connector,
  repository: ManifestsRepository,
): Promise<readonly OpenLetter[]> {
  const refs = await listRefs(connector.ado, {
    repo: repository.ref,
    filter: "heads/fluxgate/",
    includeStatuses: true,
  });
  return refs.flatMap(({ objectId, statuses = [] }) => openLetters(connector, objectId, statuses));
}

/**
 * Pending letters of a commit that no later status of the connector, with their context and
 * targetUrl, closed. Anyone may post such statuses: a stranger's neither closes a letter nor hides
 * one behind its own.
 */
export function openLetters(
  { me }: Pick<Connector, "me">,
  carrier: string,
  statuses: readonly CommitStatus[],
): readonly OpenLetter[] {
  const seen = new Set<string>();
  return statuses.flatMap((status) => {
    if (status.state !== "pending") return [];
    const letter = parseLetter(status);
    const key = [status.context.name, status.targetUrl, status.createdBy?.id].join("\n");
    const closed = statuses.some(
      (other) =>
        other.state !== "pending" &&
        other.id > status.id &&
        other.createdBy?.id === me &&
        other.context.name === status.context.name &&
        other.targetUrl === status.targetUrl,
    );
    if (!letter || closed || seen.has(key)) return [];
    seen.add(key);
    return [{ letter, status, carrier }];
  });
}

/** The pull requests of one run, in any state: its branches are gone once it is merged. */
export async function pullRequestsOfRun(
  { ado }: Connector,
  repository: ManifestsRepository,
  of: { readonly delivery: string; readonly environment: string; readonly build: number },
): Promise<readonly PullRequest[]> {
  const sourceRef = (attempt: number) => `refs/heads/${runBranchName({ ...of, attempt })}`;
  const found: PullRequest[] = [];
  // Attempts count from 1 without a gap; a second one is rare.
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const some = await findPullRequests(ado, {
      repo: repository.ref,
      status: "all",
      sourceRef: sourceRef(attempt),
    });
    found.push(...some);
    if (some.length === 0) break;
  }
  return found.filter(({ sourceRefName }) => parseRunBranch(sourceRefName)?.build === of.build);
}
