// The three ways in which a run ends well: a pull request opened, one taken up, nothing to change.
import { pullRequestUrl, runUrl } from "../../core/azure-devops/urls.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { pullRequestDescription } from "../../core/report/pull-request-text.ts";
import { attemptName } from "../../core/run/attempts.ts";
import { runBranchName } from "../../core/run/branch.ts";
import type { TaskOutcome } from "../common/task-env.ts";
import type { Work } from "./deps.ts";
import type { Told } from "./facts.ts";
import { finishPullRequest, refuseUnfinished } from "./finish.ts";
import { openPullRequest } from "./open-pull-request.ts";
import type { OwnAttempt } from "./own-attempt.ts";
import { retiringSteps } from "./retire.ts";
import { readSiblings } from "./siblings.ts";
import { lookForConflict } from "./target-moved.ts";
import { type Step, takeSteps } from "./steps.ts";
import { refuseSuperseded } from "./superseded.ts";

/** The target branch holds this render already: only the wait needs something to hang on. */
export async function endUnchanged(work: Work, own: OwnAttempt): Promise<TaskOutcome> {
  const { inputs, render, log } = work;
  const where = `${render.environment.path}/ of ${inputs.targetBranch}`;
  log.info(`Nothing to change: ${where} holds this render already`);
  const successor = `run ${inputs.run.buildNumber}, which changes nothing: ${runUrl(inputs.run)}`;
  refuseUnfinished("the run", await takeSteps(log, await settle(work, own, successor)));
  const outputs = { pullRequestId: "", pullRequestUrl: "", commit: own.commit, operation: "none" };
  return { outputs, message: "Nothing to change" };
}

/** `stale`: the target has moved under it, so that it cannot be merged. */
export async function openNew(
  work: Work,
  pushed: OwnAttempt & { readonly parent: string },
  told: Told,
): Promise<TaskOutcome | "stale"> {
  const { branch, commit, parent } = pushed;
  const pullRequest = await openPullRequest(work, { branch, commit, facts: told.facts });
  if (await lookForConflict(work, { opened: pullRequest, parent })) return "stale";
  const own = { ...pushed, pullRequest };
  const retiring = await settle(work, own, successorText(work, pullRequest));
  await finishPullRequest(work, own, { told, retiring, isNew: true });
  const details = pullRequestDescription(told.facts);
  return outcomeOf(work, own, { operation: "created", details });
}

export async function takeUp(work: Work, own: Opened, told: Told): Promise<TaskOutcome> {
  const retiring = await settle(work, own, successorText(work, own.pullRequest));
  await finishPullRequest(work, own, { told, retiring });
  return outcomeOf(work, own, { operation: "attached" });
}

type Opened = OwnAttempt & { readonly pullRequest: PullRequest };

function successorText({ address }: Work, { pullRequestId: id }: PullRequest): string {
  return `!${id}: ${pullRequestUrl(address, id)}`;
}

/**
 * Looks once more, now that this run can be seen by others: a newer run that appeared in between
 * ends this one. Of two that run at once at least the later one sees both.
 * @returns what takes away older runs and other attempts of this one.
 */
async function settle(work: Work, own: OwnAttempt, successor: string): Promise<readonly Step[]> {
  const siblings = await readSiblings(work);
  const name = runBranchName(own.branch);
  try {
    await refuseSuperseded(work, { siblings });
  } catch (error) {
    const mine = siblings.own.filter((attempt) => attemptName(attempt) === name);
    const leaving = retiringSteps(work, { attempts: mine, successor: "a newer run" });
    await takeSteps(work.log, leaving);
    throw error;
  }
  const older = siblings.others.filter(({ newer }) => !newer).map(({ attempt }) => attempt);
  const mine = siblings.own.filter((attempt) => attemptName(attempt) !== name);
  return retiringSteps(work, { attempts: [...older, ...mine], successor });
}

type Operation = {
  readonly operation: "created" | "attached";
  /** Markdown. */
  readonly details?: string;
};

function outcomeOf(
  { address, log, inputs, render }: Work,
  { commit, pullRequest }: Opened,
  { operation, details = "" }: Operation,
): TaskOutcome {
  const { pullRequestId: id, isDraft } = pullRequest;
  const url = pullRequestUrl(address, id);
  log.info(`${operation === "created" ? "Opened" : "Took up"} pull request !${id}: ${url}`);
  const draft = isDraft === true ? ", a draft" : "";
  const summary = [
    `### ${render.delivery} → ${render.environment.name}`,
    `Pull request [!${id}](${url}) to \`${inputs.targetBranch}\` (${operation}${draft})`,
    details,
  ];
  return {
    outputs: { pullRequestId: String(id), pullRequestUrl: url, commit, operation },
    summary: `${summary.join("\n\n")}\n`,
    message: `Pull request !${id} ${operation}`,
  };
}
