// `mode: direct`: environments without review. The commit goes on top of the target branch itself.
import { listCommits } from "../../clients/azure-devops/commits.ts";
import { commitUrl, runUrl } from "../../core/azure-devops/urls.ts";
import { pushBranch } from "../../clients/git.ts";
import { FluxgateError, TerminalError } from "../../core/errors.ts";
import { countedChange } from "../../core/report/change-text.ts";
import { draftReasons } from "../../core/report/pull-request-text.ts";
import { indexPath } from "../../core/render/ownership-index.ts";
import type { Attempt } from "../../core/run/attempts.ts";
import { parseRunUrl } from "../../core/azure-devops/urls.ts";
import type { TaskOutcome } from "../common/task-env.ts";
import { createCarrier } from "./carrier.ts";
import type { Work } from "./deps.ts";
import type { Told } from "./facts.ts";
import { refuseUnfinished } from "./finish.ts";
import type { Placement } from "./place-render.ts";
import { retiringSteps } from "./retire.ts";
import { readSiblings } from "./siblings.ts";
import { takeSteps } from "./steps.ts";

/** Whether no review is asked for. What is too risky for that gets its pull request, as a draft. */
export function isDirect(
  { inputs, render, log }: Work,
  { attempts, told }: { readonly attempts: readonly Attempt[]; readonly told: () => Told },
): boolean {
  if ((inputs.mode ?? render.environment.mode ?? "review") !== "direct") return false;
  // A wait of this run looks at the pull request that there was.
  if (attempts.some(({ pullRequests }) => pullRequests.length > 0)) return false;
  const { facts } = told();
  if (facts.isFrozen) {
    log.warn(`This change is not pushed without review: ${facts.freeze}. It gets a pull request`);
    return false;
  }
  const risks = draftReasons(facts);
  if (risks.length === 0) return true;
  log.warn(
    `This change is not pushed without review, because of ${risks.length === 1 ? "a risk" : `${risks.length} risks`} that draftOnRisk names: it gets a pull request`,
  );
  return false;
}

/** Pushes the render to the target branch, unless that has moved. */
export async function pushDirect(
  work: Work,
  { parent, placement, told }: Pushing & { readonly placement: Placement; readonly told: Told },
): Promise<TaskOutcome | "stale"> {
  const { git, inputs, log } = work;
  const commit = await createCarrier(work, { parent, placement, isPushed: true });
  const target = inputs.targetBranch;
  const result = await pushBranch(git, { commit, branch: target, before: parent }).catch(
    (error: unknown) => {
      throw explained(error, target);
    },
  );
  if (result === "stale") return "stale";
  log.info(`Pushed ${commit} to ${target}, without review`);
  return finishDirect(work, commit, countedChange(told.facts.change));
}

/** The commit that an attempt before has pushed, while the target holds what it brought. */
export async function findOwnPush(work: Work, parent: string): Promise<string | undefined> {
  const { ado, repo, render, inputs } = work;
  const path = `${render.environment.path}/${indexPath(render.delivery)}`;
  const [last] = await listCommits(ado, { repo, path, top: 1, commit: parent, firstParent: true });
  const trailers = last && (await work.carrier(last.commitId)).trailers;
  const isOwn =
    trailers?.operation === "pushed" &&
    trailers.environment === render.environment.name &&
    trailers.delivery === render.delivery &&
    parseRunUrl(trailers.run)?.build === inputs.run.build;
  return isOwn ? last?.commitId : undefined;
}

type Pushing = { readonly parent: string };

/** Takes away what older runs, and other attempts of this one, have left open. */
export async function finishDirect(
  work: Work,
  commit: string,
  change: string,
): Promise<TaskOutcome> {
  const { inputs, render, address } = work;
  const siblings = await readSiblings(work);
  const older = siblings.others.filter(({ newer }) => !newer).map(({ attempt }) => attempt);
  const attempts = [...older, ...siblings.own];
  const successor = `run ${inputs.run.buildNumber}, which needed no review: ${runUrl(inputs.run)}`;
  const steps = retiringSteps(work, { attempts, successor });
  refuseUnfinished("the run", await takeSteps(work.log, steps));
  const outputs = { pullRequestId: "", pullRequestUrl: "", commit, operation: "pushed" };
  const url = commitUrl(address, commit);
  const what = `${render.delivery} → ${render.environment.name}`;
  const summary = `### ${what}\n\nPushed [${commit.slice(0, 8)}](${url}) to \`${inputs.targetBranch}\`, without review: ${change}\n`;
  return { outputs, summary, message: `Pushed ${commit.slice(0, 8)} to ${inputs.targetBranch}` };
}

// What git says of a protected branch is meant for the branches of runs.
function explained(error: unknown, target: string): unknown {
  if (!(error instanceof FluxgateError) || error.code !== "branch-protected") return error;
  return new TerminalError(error.message, {
    code: "branch-protected",
    hint: `A branch policy covers ${target}, so that only pull requests may change it: take pullRequest.mode "direct" out of fluxgate.yaml (autoComplete needs no person either), or limit the policy.`,
    cause: error,
  });
}
