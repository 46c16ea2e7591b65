import {
  type AzureDevOps,
  type RepositoryRef,
  takeOrAbsent,
} from "../../clients/azure-devops/connection.ts";
import { getProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import type { CommitStatus, PullRequest, Ref } from "../../core/azure-devops/types.ts";
import { runBranchOf } from "../../core/run/branch.ts";
import { longestWaitMs, parseLetter } from "../../core/run/letter.ts";
import { parseRunRecord, runRecordProperty } from "../../core/run/record.ts";
import { byConnectors, openLettersOf } from "../view/connector-statuses.ts";
import type { Memory } from "./memory.ts";

type Repository = { readonly repo: RepositoryRef };

/** What was said of the commit that a run made, where that is no longer the head of its branch. */
export type Carrier = {
  readonly statuses: readonly CommitStatus[];
  /** Somebody has pushed to the branch since. */
  readonly isPushed: boolean;
};

/** So many pull requests at most are looked into for it, the newest first. */
const most = 20;

/**
 * The pull requests whose runs' letters stand on no head of a branch: it was pushed to, or went with
 * the merge. Of several of one delivery and environment that are merged only the newest has a wait.
 * @param made what runs have made in one repository, in any state, newest first
 */
export function withoutLetter(
  made: readonly PullRequest[],
  of: { readonly refs: readonly Ref[]; readonly now: number },
): readonly PullRequest[] {
  const heads = new Map(of.refs.map(({ name, statuses = [] }) => [name, statuses]));
  const merged = new Set<string>();
  const wanted = made.filter((one) => {
    const run = runBranchOf(one);
    if (run === undefined || one.status === "abandoned") return false;
    const isOnHead = heads.get(one.sourceRefName)?.some((status) => isOf(status, run.build));
    if (one.status !== "completed") return isOnHead !== true;
    const subject = `${run.delivery}/${run.environment}`;
    if (merged.has(subject)) return false;
    merged.add(subject);
    return isOnHead !== true && Date.parse(one.closedDate ?? "") > of.now - longestWaitMs;
  });
  return wanted.slice(0, most);
}

type Of = Repository & {
  readonly pullRequest: PullRequest;
  readonly connectors: ReadonlySet<string>;
};

/** So long after a merge its run may still begin to wait. */
const beginsWithinMs = 3_600_000;

/**
 * What is over is remembered: a look at all that was merged in three days would cost as much again.
 * @returns undefined where the run has written no letter, or none that this leads to
 */
export function findCarrier(
  ado: AzureDevOps,
  of: Of,
  memory: Memory,
): Promise<Carrier | undefined> {
  const { repo, connectors, pullRequest } = of;
  const { pullRequestId: id, status, closedDate = "" } = pullRequest;
  const isOver = (found: Carrier | undefined) => {
    if (found !== undefined) {
      return openLettersOf(byConnectors(found.statuses, connectors)).length === 0;
    }
    return status === "completed" && ado.now() - Date.parse(closedDate) > beginsWithinMs;
  };
  const key = ["carrier", repo.repository, String(id), status];
  return memory(key, () => lookForCarrier(ado, of, memory), isOver);
}

async function lookForCarrier(
  ado: AzureDevOps,
  { repo, pullRequest }: Of,
  memory: Memory,
): Promise<Carrier | undefined> {
  const { lastMergeSourceCommit: head, status, pullRequestId: id } = pullRequest;
  const { build } = runBranchOf(pullRequest) ?? {};
  const letters = async (commit: string) => {
    const found = (await takeOrAbsent(listStatuses(ado, { repo, commit }))) ?? [];
    return found.filter((one) => isOf(one, build));
  };
  if (status === "completed" && head !== undefined) {
    const statuses = await letters(head.commitId);
    if (statuses.length > 0) return { statuses, isPushed: false };
  }
  const record = await memory(
    ["record", repo.repository, String(id)],
    async () => parseRunRecord((await getProperties(ado, { repo, id }))[runRecordProperty]),
    (found) => found !== undefined,
  );
  const commit = record?.commit ?? "";
  if (!/^[0-9a-f]{40}$/.test(commit) || commit === head?.commitId) return undefined;
  const statuses = await letters(commit);
  return statuses.length === 0 ? undefined : { statuses, isPushed: true };
}

// Anybody who may contribute writes the record: what lies there counts only as this run's.
function isOf(status: CommitStatus, build: number | undefined): boolean {
  return build !== undefined && parseLetter(status)?.task.build === build;
}
