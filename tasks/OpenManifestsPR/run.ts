import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { type Carrier, readCarrier } from "../../clients/azure-devops/carrier.ts";
import { notFoundHint } from "../../clients/azure-devops/permission-refusal.ts";
import { getRepository } from "../../clients/azure-devops/repositories.ts";
import { createBareRepository, fetchTips } from "../../clients/git.ts";
import { repositoryUrl } from "../../core/azure-devops/urls.ts";
import { InputError, TerminalError } from "../../core/errors.ts";
import { nextAttempt } from "../../core/run/attempts.ts";
import type { TaskOutcome } from "../common/task-env.ts";
import { createCarrier } from "./carrier.ts";
import type { Deps, Work } from "./deps.ts";
import { factsOf } from "./facts.ts";
import type { Inputs } from "./inputs.ts";
import { readOnTarget } from "./on-target.ts";
import { endUnchanged, openNew, takeUp } from "./operations.ts";
import { findReusableAttempt } from "./own-attempt.ts";
import { placeRender } from "./place-render.ts";
import { finishDirect, isDirect, pushDirect, findOwnPush } from "./push-direct.ts";
import { pushCarrier } from "./push-carrier.ts";
import { readRender } from "./read-render.ts";
import { explainRefusals } from "./refusal.ts";
import { readStart } from "./run-start.ts";
import { findReviewers, namedReviewers } from "./reviewers.ts";
import { askWhetherHeld } from "./target-moved.ts";
import { refuseHeld } from "./held.ts";
import { readSiblings } from "./siblings.ts";
import { refuseSuperseded } from "./superseded.ts";

/** Puts one environment's render on the run's branch and opens its pull request (design: 4.3). */
export async function run(inputs: Inputs, deps: Deps): Promise<TaskOutcome> {
  const render = await readRender(inputs.renderedFolder, inputs.environment);
  demandDelivery(inputs, render.delivery);
  const opened = await openRepository(inputs, deps);
  const { runs = deps.ado } = deps;
  const start = await readStart({ ado: runs, now: deps.now }, inputs.run);
  const reviewers = await findReviewers(deps, namedReviewers(inputs, render));
  const work: Work = { ...deps, runs, inputs, render, start, reviewers, ...opened };
  // Another process can take the branch's name, or move the target, between looking and pushing.
  for (let round = 1; round <= mostRounds; round++) {
    const outcome = await deployOnce(work, { isFirst: round === 1 });
    if (outcome !== "stale") return withoutWait(work, withPlace(work, outcome));
    work.log.info("The manifests repository has moved in the meantime; looking again");
  }
  const where = `${inputs.repository}, branch ${inputs.targetBranch}`;
  throw new TerminalError(`Failed to deploy run ${inputs.run.build}: ${where} keeps moving`, {
    code: "branch-contended",
    hint: "Retry the stage. If it happens again, look which other job of this run deploys the same environment, or what else pushes there all the time.",
  });
}

/** The letter of a wait for another delivery than the carrier's is refused, and its run hangs. */
function demandDelivery({ delivery }: Inputs, rendered: string): void {
  if (delivery === undefined || delivery === rendered) return;
  const message = `Failed to deploy ${delivery}: what was rendered is the delivery ${rendered} (metadata.name of fluxgate.yaml)`;
  throw new InputError([{ message }], {
    hint: `Give the pipeline \`delivery: ${rendered}\`, or the fluxgate.yaml of ${delivery}.`,
  });
}

// A busy branch is pushed to every few seconds; each round takes about one.
const mostRounds = 8;

// Names can need encoding where a server task puts them into an address; ids never do.
function withPlace({ repo }: Work, outcome: TaskOutcome): TaskOutcome {
  const place = { projectId: repo.project, repositoryId: repo.repository };
  return { ...outcome, outputs: { ...outcome.outputs, ...place } };
}

/** Between organisations there is no wait: the connector beside Flux resumes runs of its own one. */
function withoutWait(work: Work, outcome: TaskOutcome): TaskOutcome {
  if (work.runs.organisationUrl === work.ado.organisationUrl) return outcome;
  const said = `Nothing waits for this deployment: the manifests are in ${work.ado.organisationUrl}, and no run of ${work.runs.organisationUrl} can be resumed from there`;
  work.log.warn(said);
  return { ...outcome, summary: `${outcome.summary ?? ""}\n${said}.\n` };
}

async function openRepository(inputs: Inputs, { ado, authorization, tempFolder }: Deps) {
  const named = { project: inputs.project, repository: inputs.repository };
  const what = `${named.project}/${named.repository}`;
  const found = await explainRefusals({ address: named }, `find repository ${what}`, () =>
    getRepository(ado, named),
  );
  if (found === undefined) {
    throw new TerminalError(
      `Failed to find repository ${what}: it does not exist or this job may not see it (TF401019)`,
      {
        code: "repository-not-found",
        hint: notFoundHint(`repository ${what}`),
      },
    );
  }
  const { organisationUrl } = ado;
  const address = { organisationUrl, project: found.project.name, repository: found.name };
  const directory = await mkdtemp(join(tempFolder, "manifests-"));
  const url = repositoryUrl(address);
  const git = await createBareRepository({ directory, url, authorization });
  const repo = { project: found.project.id, repository: found.id };
  return { repo, repository: found, address, git, carrier: carriersOf(ado, repo) };
}

function carriersOf(ado: Deps["ado"], repo: Work["repo"]): Work["carrier"] {
  const known = new Map<string, Carrier>();
  return async (commit) => {
    const carrier = known.get(commit) ?? (await readCarrier(ado, { repo, commit }));
    known.set(commit, carrier);
    return carrier;
  };
}

async function deployOnce(
  work: Work,
  { isFirst }: { readonly isFirst: boolean },
): Promise<TaskOutcome | "stale"> {
  const { inputs, render, git } = work;
  const [parent = ""] = await fetchTips(git, [inputs.targetBranch]);
  const { allowEmpty } = inputs;
  const placement = await placeRender(git, { commit: parent, render, allowEmpty });
  const { unchanged, problems } = placement;
  const siblings = await readSiblings(work);
  const onTarget = await readOnTarget(work, placement.before?.provenance);
  await refuseSuperseded(work, { siblings, onTarget });
  refuseHeld(work, { placement, siblings });
  const told = () => factsOf(work, { placement, lost: onTarget?.lost ?? [] });
  const attempts = siblings.own;
  const own = await findReusableAttempt(work, { attempts, unchanged });
  // Merged, and the target does not hold it: it moved after it was read, or somebody took it back.
  const takenBack = own?.pullRequest?.status === "completed" && !unchanged;
  if (takenBack && isFirst) return "stale";
  if (own?.pullRequest !== undefined && !takenBack) {
    return takeUp(work, { ...own, pullRequest: own.pullRequest }, told());
  }
  if (problems.length > 0) {
    throw new InputError(problems, {
      code: "manifests-conflict",
      hint: `Nothing was written. Settle it on ${inputs.targetBranch} of the manifests repository, or in fluxgate.yaml.`,
    });
  }
  if (isDirect(work, { attempts, told })) {
    if (!unchanged) return pushDirect(work, { parent, placement, told: told() });
    const pushed = await findOwnPush(work, parent);
    if (pushed !== undefined) return finishDirect(work, pushed, "an attempt before has done it");
  }
  if (own !== undefined && !takenBack) {
    return (await askWhetherHeld(work, parent)) ? endUnchanged(work, own) : "stale";
  }
  const { build, stageAttempt = 1 } = inputs.run;
  const names = { delivery: render.delivery, environment: render.environment.name };
  const branch = { ...names, build, attempt: nextAttempt(attempts, stageAttempt) };
  const commit = await createCarrier(work, { parent, placement });
  if ((await pushCarrier(work, { branch, commit })) === "stale") return "stale";
  if (unchanged) {
    return (await askWhetherHeld(work, parent)) ? endUnchanged(work, { branch, commit }) : "stale";
  }
  return openNew(work, { branch, commit, parent }, told());
}
