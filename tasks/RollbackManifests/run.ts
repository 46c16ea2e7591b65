import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import { openRollback } from "../../clients/azure-devops/open-rollback.ts";
import { notFoundHint, rightsToPropose } from "../../clients/azure-devops/permission-refusal.ts";
import { findPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import { readRollback } from "../../clients/azure-devops/read-rollback.ts";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { pullRequestUrl, runUrl } from "../../core/azure-devops/urls.ts";
import { TerminalError } from "../../core/errors.ts";
import { rollbackSubject } from "../../core/rollback/rollback-text.ts";
import { runBranchName } from "../../core/run/branch.ts";
import { explainedRefusal } from "../../clients/azure-devops/explained-refusal.ts";
import type { TaskLog, TaskOutcome } from "../common/task-env.ts";
import type { Inputs } from "./inputs.ts";

type Deps = {
  readonly ado: AzureDevOps;
  /** Ms since 1970. */
  readonly now: () => number;
  readonly log: TaskLog;
};

/** Opens the pull request of a rollback; a retry takes up the one that this run has opened. */
export async function run(inputs: Inputs, { ado, now, log }: Deps): Promise<TaskOutcome> {
  const { project, repository, organisationUrl } = inputs;
  const found = await getRepository(ado, { project, repository });
  if (found === undefined) {
    throw new TerminalError(
      `Failed to find repository ${project}/${repository}: it does not exist or this job may not see it (TF401019)`,
      {
        code: "repository-not-found",
        hint: notFoundHint(`repository ${project}/${repository}`),
      },
    );
  }
  const address = { organisationUrl, project: found.project.name, repository: found.name };
  const repo = { project: found.project.id, repository: found.id };
  const own = await findOwn(ado, { repo, inputs });
  if (own !== undefined) {
    const commit = own.lastMergeSourceCommit?.commitId ?? "";
    const url = pullRequestUrl(address, own.pullRequestId);
    return outcomeOf(url, { repo, own, commit, operation: "attached" });
  }
  const target = { ...inputs, repo };
  const read = await readRollback(ado, target);
  for (const warning of read.warnings) log.warn(warning);
  log.info(read.health);
  const at = new Date(now()).toISOString();
  const { app, reason, requestedFor: by, build, stageAttempt: attempt, ownProject } = inputs;
  const hold = { ...(app === undefined ? {} : { apps: [app] }), reason, by, at };
  const url = runUrl({ organisationUrl, project: ownProject, build });
  const { pullRequest, commit } = await openRollback(ado, {
    ...{ target, read, reason, run: { url, build, attempt } },
    ...(inputs.hold ? { hold } : {}),
  }).catch((error: unknown) => {
    const what = `open the rollback of ${rollbackSubject(inputs)}`;
    const right = { permission: rightsToPropose, identity: undefined };
    const place = `repository ${project}/${repository}`;
    throw explainedRefusal(error, { what, repository: place, right });
  });
  log.info(`Opened pull request !${pullRequest.pullRequestId}: ${rollbackSubject(inputs)}`);
  const link = pullRequestUrl(address, pullRequest.pullRequestId);
  return outcomeOf(link, { repo, own: pullRequest, commit, operation: "created" });
}

async function findOwn(
  ado: AzureDevOps,
  {
    repo,
    inputs,
  }: {
    readonly repo: { readonly project: string; readonly repository: string };
    readonly inputs: Inputs;
  },
): Promise<PullRequest | undefined> {
  const { delivery, environment, build, stageAttempt, targetBranch } = inputs;
  for (let attempt = stageAttempt; attempt > 0; attempt -= 1) {
    const sourceRef = `refs/heads/${runBranchName({ delivery, environment, build, attempt })}`;
    const targetRef = `refs/heads/${targetBranch}`;
    for (const status of ["active", "completed"] as const) {
      const [one] = await findPullRequests(ado, { repo, status, sourceRef, targetRef });
      if (one !== undefined) return one;
    }
  }
  return undefined;
}

function outcomeOf(
  url: string,
  of: {
    readonly repo: { readonly project: string; readonly repository: string };
    readonly own: PullRequest;
    readonly commit: string;
    readonly operation: "created" | "attached";
  },
): TaskOutcome {
  const { repo, own, commit, operation } = of;
  const { pullRequestId: id, description = "" } = own;
  const place = { projectId: repo.project, repositoryId: repo.repository };
  return {
    outputs: { pullRequestId: String(id), pullRequestUrl: url, commit, operation, ...place },
    summary: `Pull request [!${id}](${url}) (${operation})\n\n${description}\n`,
    message: `Pull request !${id} ${operation}`,
  };
}
