import { readUnchanged } from "../../clients/azure-devops/carrier.ts";
import { getProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { readSiblings as read } from "../../clients/azure-devops/run-pull-requests.ts";
import { type Attempt, attemptName, carrierOf } from "../../core/run/attempts.ts";
import { isNewer, type Relation } from "../../core/run/order.ts";
import { parseRunRecord, runRecordProperty } from "../../core/run/record.ts";
import type { CommitTrailers } from "../../core/run/trailers.ts";
import { parseRunUrl } from "../../core/azure-devops/urls.ts";
import type { Work } from "./deps.ts";
import { readRelation } from "./relation.ts";
import { readRun } from "./read-run.ts";

export type Siblings = {
  /** Of this run, in order. */
  readonly own: readonly Attempt[];
  /** Of other runs of this delivery and environment. */
  readonly others: readonly Sibling[];
};

export type Sibling = {
  readonly attempt: Attempt;
  readonly newer: boolean;
  /** How its code relates to this run's. */
  readonly relation: Relation;
  /** It takes an earlier state back on purpose. */
  readonly isRollback: boolean;
};

export async function readSiblings(work: Work): Promise<Siblings> {
  const { ado, repo, render, start, inputs } = work;
  const attempts = await read(ado, {
    ...{ repo, delivery: render.delivery, environment: render.environment.name },
    started: start.build,
  });
  const others: Sibling[] = [];
  for (const attempt of attempts) {
    if (attempt.branch.build === inputs.run.build || isOver(attempt)) continue;
    others.push({ attempt, ...(await judgeSibling(work, attempt)) });
  }
  return { own: attempts.filter(({ branch }) => branch.build === inputs.run.build), others };
}

// Given up, and nothing of it is left to be taken away.
function isOver({ head, pullRequests }: Attempt): boolean {
  return head === undefined && pullRequests.every(({ status }) => status === "abandoned");
}

async function judgeSibling(work: Work, attempt: Attempt): Promise<Omit<Sibling, "attempt">> {
  const { build } = attempt.branch;
  const commit = carrierOf(attempt);
  const carrier = commit && (await work.carrier(commit));
  const trailers = carrier ? ofRun(carrier.trailers, build) : undefined;
  const relation = trailers === undefined ? "unknown" : await readRelation(work, trailers.source);
  const made = attempt.pullRequests.at(-1)?.creationDate;
  const started = Date.parse(trailers?.started ?? made ?? "");
  const other = { build, started: Number.isNaN(started) ? undefined : started };
  const known = trailers?.started === undefined ? { ...other, started: undefined } : other;
  const own = { build: work.inputs.run.build, started: work.start.stage };
  return {
    relation,
    newer: isNewer(own, known, relation),
    isRollback: trailers?.operation === "rollback",
  };
}

// A branch is made by whoever may push: only a commit that names the same run speaks for it.
function ofRun(trailers: CommitTrailers | undefined, build: number): CommitTrailers | undefined {
  return parseRunUrl(trailers?.run ?? "")?.build === build ? trailers : undefined;
}

/**
 * Whether a run got so far that others give way to it: its pull request is merged, or open and its
 * task got through or is still at it, or it found nothing to change. What a killed task left, and
 * what somebody abandoned, stands for nothing.
 */
export async function askWhetherItStands(work: Work, attempt: Attempt): Promise<boolean> {
  const { ado, repo, inputs } = work;
  const into = `refs/heads/${inputs.targetBranch}`;
  // What somebody has go to another branch is nothing that this one gets.
  const pullRequests = attempt.pullRequests.filter(({ targetRefName }) => targetRefName === into);
  if (pullRequests.some(({ status }) => status === "completed")) return true;
  for (const { status, pullRequestId: id } of pullRequests) {
    if (status !== "active") continue;
    const properties = await getProperties(ado, { repo, id });
    if (parseRunRecord(properties[runRecordProperty]) !== undefined) return true;
    if (await askWhetherRunning(work, attempt)) return true;
    work.log.warn(
      `Pull request !${id} from ${attemptName(attempt)} was left by a task that did not come to its end: it counts for nothing. Retry its run, or abandon it.`,
    );
  }
  const commit = carrierOf(attempt);
  if (attempt.pullRequests.length > 0 || commit === undefined) return false;
  const carrier = await work.carrier(commit);
  return readUnchanged(ado, { repo, carrier });
}

async function askWhetherRunning({ runs, inputs }: Work, { branch }: Attempt): Promise<boolean> {
  const build = await readRun(runs, { project: inputs.run.project, build: branch.build });
  return build !== undefined && build.status !== "completed";
}
