import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import { createBareRepository, fetchTips, pushNewBranch } from "../../clients/git.ts";
import { pullRequestDescription } from "../../core/report/pull-request-text.ts";
import { runBranchName } from "../../core/run/branch.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { pullRequestUrl, repositoryUrl, runUrl } from "../../core/azure-devops/urls.ts";
import { InputError, TerminalError } from "../../core/errors.ts";
import type { TaskOutcome } from "../common/task-env.ts";
import { createCarrier } from "./carrier.ts";
import { type Deps, siblingsOf, type Work } from "./deps.ts";
import type { Inputs } from "./inputs.ts";
import { type OwnAttempt, reusableAttempt } from "./own-attempt.ts";
import { type Placement, placeRender } from "./place-render.ts";
import { factsOf, finishPullRequest, openPullRequest } from "./publish.ts";
import { readRender } from "./read-render.ts";
import { doing } from "./refusal.ts";
import { retire } from "./retire.ts";
import { attemptsOf, type Run, runsWithBranch } from "./runs.ts";
import { refuseSuperseded } from "./superseded.ts";

/** Puts one environment's render on the run's branch and opens its pull request (design: 4.3). */
export async function run(inputs: Inputs, deps: Deps): Promise<TaskOutcome> {
  const render = await readRender(inputs.renderedFolder, inputs.environment);
  const work: Work = { ...deps, inputs, render, ...(await openRepository(inputs, deps)) };
  // Another process can take the branch's name between looking and pushing.
  for (let round = 1; round <= 5; round++) {
    const outcome = await once(work);
    if (outcome !== "stale") return outcome;
    work.log.info("The run's branch was made by somebody else in the meantime; looking again");
  }
  throw new TerminalError(`Failed to push the branch of run ${inputs.run.build}: it keeps moving`, {
    code: "branch-contended",
    hint: "Look which other job of this run deploys the same environment.",
  });
}

async function openRepository(inputs: Inputs, { ado, authorization, tempFolder }: Deps) {
  const named = { project: inputs.project, repository: inputs.repository };
  const what = `${named.project}/${named.repository}`;
  const found = await doing(`find repository ${what}`, getRepository(ado, named));
  if (found === undefined) {
    throw new TerminalError(
      `Failed to find repository ${what}: it does not exist or this job may not see it (TF401019)`,
      {
        code: "repository-not-found",
        hint: "Check project and repository. A job's token reaches only repositories that the YAML references: add `uses: { repositories: [<alias>] }` to the job.",
      },
    );
  }
  const { organisationUrl } = ado;
  const address = { organisationUrl, project: found.project.name, repository: found.name };
  const directory = await mkdtemp(join(tempFolder, "manifests-"));
  const url = repositoryUrl(address);
  const git = await createBareRepository({ directory, url, authorization });
  return { repo: { project: found.project.id, repository: found.id }, address, git };
}

async function once(work: Work): Promise<TaskOutcome | "stale"> {
  const { inputs, render, git, ado } = work;
  const [parent = ""] = await fetchTips(git, [inputs.targetBranch]);
  const { allowEmpty } = inputs;
  const placement = await placeRender(git, { commit: parent, render, allowEmpty });
  const runs = await runsWithBranch(ado, siblingsOf(work));
  refuseSuperseded(work, { runs, onTarget: placement.before });
  const { build } = inputs.run;
  const attempts = await attemptsOf(ado, { ...siblingsOf(work), build, runs });
  const own = await reusableAttempt(work, { attempts, unchanged: placement.unchanged });
  if (own?.pullRequest !== undefined) {
    return attach(work, { own, pullRequest: own.pullRequest, placement });
  }
  if (placement.problems.length > 0) {
    throw new InputError(placement.problems, {
      code: "manifests-conflict",
      hint: `Nothing was written. Settle it on ${inputs.targetBranch} of the manifests repository, or in fluxgate.yaml.`,
    });
  }
  const attempt = (attempts.at(-1)?.branch.attempt ?? 0) + 1;
  const branch = own?.run.branch ?? { ...branchNames(work), build, attempt };
  const commit = own?.commit ?? (await createCarrier(work, { parent, placement }));
  if (own === undefined) {
    const name = runBranchName(branch);
    if ((await pushNewBranch(git, { commit, branch: name })) === "stale") return "stale";
    work.log.info(`Pushed ${commit} to ${name}`);
  }
  const pushed = { run: { branch, head: commit, pullRequests: [] }, commit, finished: false };
  return placement.unchanged ? none(work, pushed) : create(work, pushed, placement);
}

function branchNames({ render }: Work) {
  return { delivery: render.delivery, environment: render.environment.name };
}

/** The target branch holds this render already: only the wait needs something to hang on. */
async function none(work: Work, own: OwnAttempt): Promise<TaskOutcome> {
  const { inputs, render, log } = work;
  const where = `${render.environment.path}/ of ${inputs.targetBranch}`;
  log.info(`Nothing to change: ${where} holds this render already`);
  await settle(
    work,
    own,
    `run ${inputs.run.buildNumber}, which changes nothing: ${runUrl(inputs.run)}`,
  );
  const outputs = { pullRequestId: "", pullRequestUrl: "", commit: own.commit, operation: "none" };
  return { outputs, message: "Nothing to change" };
}

async function create(work: Work, own: OwnAttempt, placement: Placement): Promise<TaskOutcome> {
  const { branch } = own.run;
  const pushed = { branch, commit: own.commit };
  const { facts, diff } = factsOf(work, placement);
  const pullRequest = await openPullRequest(work, { ...pushed, facts });
  const { pullRequestId: id } = pullRequest;
  const opened: OwnAttempt = { ...own, run: { ...own.run, pullRequests: [pullRequest] } };
  await settle(work, opened, `!${id}: ${pullRequestUrl(work.address, id)}`);
  await finishPullRequest(work, { ...pushed, pullRequest, facts, diff });
  const details = pullRequestDescription(facts);
  return outcome(work, { operation: "created", pullRequest, commit: own.commit, details });
}

async function attach(
  work: Work,
  {
    own,
    pullRequest,
    placement,
  }: {
    readonly own: OwnAttempt;
    readonly pullRequest: PullRequest;
    readonly placement: Placement;
  },
): Promise<TaskOutcome> {
  const {
    commit,
    run: { branch },
  } = own;
  const { pullRequestId: id } = pullRequest;
  await settle(work, own, `!${id}: ${pullRequestUrl(work.address, id)}`);
  if (!own.finished) {
    await finishPullRequest(work, { branch, commit, pullRequest, ...factsOf(work, placement) });
  }
  return outcome(work, { operation: "attached", pullRequest, commit });
}

/**
 * Looks once more, now that this run can be seen by others: a newer run that appeared in between
 * ends this one, older ones are retired. Of two that run at once at least the later one sees both.
 */
async function settle(work: Work, own: OwnAttempt, successor: string): Promise<void> {
  const runs = await runsWithBranch(work.ado, siblingsOf(work));
  const name = runBranchName(own.run.branch);
  try {
    refuseSuperseded(work, { runs });
  } catch (error) {
    await retire(work, { runs: [own.run], successor: "a newer run" });
    throw error;
  }
  const isOlder = ({ branch }: Run) =>
    branch.build <= work.inputs.run.build && runBranchName(branch) !== name;
  await retire(work, { runs: runs.filter(isOlder), successor });
}

function outcome(
  { address, log, inputs, render }: Work,
  made: {
    readonly operation: "created" | "attached";
    readonly pullRequest: PullRequest;
    readonly commit: string;
    /** Markdown. */
    readonly details?: string;
  },
): TaskOutcome {
  const { operation, pullRequest, commit, details = "" } = made;
  const id = pullRequest.pullRequestId;
  const url = pullRequestUrl(address, id);
  log.info(`${operation === "created" ? "Opened" : "Took up"} pull request !${id}: ${url}`);
  const subject = `${render.delivery} → ${render.environment.name}`;
  return {
    outputs: { pullRequestId: String(id), pullRequestUrl: url, commit, operation },
    summary: `### ${subject}\n\nPull request [!${id}](${url}) to \`${inputs.targetBranch}\` (${operation}${pullRequest.isDraft === true ? ", a draft" : ""})\n\n${details}\n`,
    message: `Pull request !${id} ${operation}`,
  };
}
