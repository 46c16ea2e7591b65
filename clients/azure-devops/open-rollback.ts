import type { PullRequest } from "../../core/azure-devops/types.ts";
import { InputError, TerminalError } from "../../core/errors.ts";
import { inFolder, indexPath, ownershipIndexText } from "../../core/render/ownership-index.ts";
import { type Hold, holdPath, writeHold } from "../../core/rollback/hold.ts";
import {
  rollbackDescription,
  type RollbackFacts,
  rollbackSubject,
  rollbackTitle,
} from "../../core/rollback/rollback-text.ts";
import { runBranchName } from "../../core/run/branch.ts";
import { writeTrailers } from "../../core/run/trailers.ts";
import type { AzureDevOps } from "./connection.ts";
import { listTree } from "./items.ts";
import { createPullRequest, findPullRequests } from "./pull-requests.ts";
import { type PushedFile, pushNewBranch } from "./push-files.ts";
import type { ReadRollback, RollbackTarget } from "./read-rollback.ts";

export type OpenedRollback = {
  readonly pullRequest: PullRequest;
  /** The carrier, where a run waits for it. */
  readonly commit: string;
};

type Opening = {
  readonly target: RollbackTarget;
  /** What {@link readRollback} has read, and somebody has seen. */
  readonly read: ReadRollback;
  readonly reason: string;
  /** Keeps the next run from deploying again what is taken back. */
  readonly hold?: Hold | undefined;
  /** The pipeline's run that waits for it; absent from a page or a command line. */
  readonly run?:
    { readonly url: string; readonly build: number; readonly attempt: number } | undefined;
};

/**
 * Opens the pull request that takes an app or a delivery back: a new commit on the target branch's
 * head, never a moved branch. @throws InputError where nothing may or need be taken back.
 */
export async function openRollback(ado: AzureDevOps, of: Opening): Promise<OpenedRollback> {
  const { target, read } = of;
  const { plan } = read;
  if (plan.problems.length > 0) {
    throw new InputError(
      plan.problems.map((message) => ({ message })),
      { code: "rollback-refused", hint: "Settle it in the manifests repository, then try again." },
    );
  }
  if (read.writes.length + read.deletes.length === 0) {
    throw new TerminalError(
      `Failed to roll back ${rollbackSubject(target)}: ${target.targetBranch} holds just that already`,
      { code: "rollback-refused", hint: "Choose an earlier commit." },
    );
  }
  const { repo, targetBranch } = target;
  const facts: RollbackFacts = { ...target, ...of, ...read };
  const branch = branchOf(of);
  const ref = `refs/heads/${branch}`;
  const targetRef = `refs/heads/${targetBranch}`;
  if (of.run === undefined) {
    // Somebody has proposed just that already.
    const [open] = await findPullRequests(ado, {
      repo,
      status: "active",
      sourceRef: ref,
      targetRef,
    });
    const source = open?.lastMergeSourceCommit?.commitId;
    if (open !== undefined && source !== undefined) return { pullRequest: open, commit: source };
  }
  const commit = await pushNewBranch(ado, {
    ...{ repo, ref, onto: read.tip, message: messageOf(of, facts) },
    files: await readFilesOf(ado, of),
  });
  const pullRequest = await createPullRequest(ado, {
    ...{ repo, sourceRef: ref, targetRef },
    title: rollbackTitle(facts).slice(0, 200),
    description: rollbackDescription(facts),
  });
  return { pullRequest, commit };
}

async function readFilesOf(
  ado: AzureDevOps,
  { target, read, hold }: Opening,
): Promise<readonly PushedFile[]> {
  const { repo, path, delivery } = target;
  const index = new TextEncoder().encode(ownershipIndexText(read.plan.index));
  const at = inFolder(path, holdPath(delivery));
  const folder = at.slice(0, at.lastIndexOf("/"));
  const beside = await listTree(ado, { repo, commit: read.tip, path: folder, recursive: false });
  const exists = beside.some((file) => file.path === at);
  return [
    ...read.writes.map(({ isNew, ...file }) => ({ ...file, exists: !isNew })),
    ...read.deletes.map((one) => ({ path: one, exists: true })),
    { path: inFolder(path, indexPath(delivery)), content: index, exists: true },
    ...(hold === undefined
      ? []
      : [{ path: at, content: new TextEncoder().encode(writeHold(hold)), exists }]),
  ];
}

// A run's branch is found by its wait; another one must not look like a run's.
function branchOf({ target, read, run }: Opening): string {
  const { delivery, environment, app, to } = target;
  if (run !== undefined) {
    return runBranchName({ delivery, environment, build: run.build, attempt: run.attempt });
  }
  const what = app === undefined ? "" : `/${app}`;
  return `rollback/${delivery}/${environment}${what}/${to.slice(0, 8)}-${read.tip.slice(0, 8)}`;
}

function messageOf({ target, read, reason, run }: Opening, facts: RollbackFacts): string {
  const { delivery, environment } = target;
  const head = `${rollbackTitle(facts)}\n\n${reason.trim()}\n`;
  if (run === undefined) return head;
  const { source } = read.plan.index.provenance;
  const trailers = writeTrailers({
    source: source === undefined ? "unknown" : `${nameOf(source.repository)}@${source.commit}`,
    ...{ run: run.url, delivery, environment, operation: "rollback" },
  });
  return `${head}\n${trailers}\n`;
}

function nameOf(repository: string): string {
  return decodeURIComponent(repository.split("/").at(-1) ?? repository);
}
