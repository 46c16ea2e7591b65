import { patchProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import {
  createPullRequest,
  findPullRequests,
  updatePullRequest,
} from "../../clients/azure-devops/pull-requests.ts";
import { changeSummary } from "../../core/azure-devops/change-summary.ts";
import {
  pullRequestDescription,
  type PullRequestFacts,
  pullRequestTitle,
} from "../../core/azure-devops/pull-request-text.ts";
import { type RunBranch, runBranchName } from "../../core/azure-devops/run-branch.ts";
import { runRecordProperty, writeRunRecord } from "../../core/azure-devops/run-record.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { environmentsHubUrl, runUrl } from "../../core/azure-devops/urls.ts";
import { causeText, HttpError } from "../../core/errors.ts";
import { validationText } from "../../core/render/render-result.ts";
import type { Work } from "./deps.ts";
import type { Placement } from "./place-render.ts";
import type { Render } from "./read-render.ts";
import { doing } from "./refusal.ts";
import { deleteBranch } from "./retire.ts";

type Pushed = { readonly branch: RunBranch; readonly commit: string };

/** Opens the pull request of a pushed branch; takes the branch back when the service refuses. */
export async function openPullRequest(
  work: Work,
  { branch, commit, facts }: Pushed & { readonly facts: PullRequestFacts },
): Promise<PullRequest> {
  const { ado, repo, inputs } = work;
  const name = runBranchName(branch);
  const refs = {
    sourceRef: `refs/heads/${name}`,
    targetRef: `refs/heads/${inputs.targetBranch}`,
  };
  try {
    const created = createPullRequest(ado, {
      repo,
      ...refs,
      title: pullRequestTitle(facts),
      description: pullRequestDescription(facts),
    });
    return await doing(`open a pull request from ${name} to ${inputs.targetBranch}`, created);
  } catch (error) {
    // Also how a call ends whose first answer was lost on the way.
    const [existing] = await findPullRequests(ado, { repo, status: "active", ...refs });
    if (existing !== undefined) return existing;
    await deleteBranch(work, { name, head: commit });
    throw error;
  }
}

/** What the pull request says of a render on its target branch. */
export function factsOf(
  { render, inputs }: Work,
  { before, risks }: Pick<Placement, "before" | "risks">,
): PullRequestFacts {
  const { run } = inputs;
  const environment = render.environment.name;
  return {
    delivery: render.delivery,
    environment,
    change: changeSummary(before, render.index),
    risks: risks(),
    rendering: renderingOf(render),
    run: { name: run.buildNumber, url: runUrl(run) },
    source: { repository: run.sourceRepository, commit: run.sourceVersion },
    hubUrl: environmentsHubUrl({ ...run, environment }),
    warnings: render.environment.warnings,
  };
}

function renderingOf({ index, environment }: Render): string {
  const tools = Object.entries(index.provenance.tools).map(
    ([name, version]) => `${name} ${version}`,
  );
  const rendered = tools.length === 0 ? "" : `Rendered with ${tools.join(", ")}. `;
  return `${rendered}${validationText(environment.validation)}`;
}

/** Leaves the run's record, then sets auto-complete where the environment says so. */
export async function finishPullRequest(
  work: Work,
  { branch, commit, pullRequest }: Pushed & { readonly pullRequest: PullRequest },
): Promise<void> {
  const { ado, repo, render } = work;
  const id = pullRequest.pullRequestId;
  const { delivery, environment, build, attempt } = branch;
  const { contentDigest } = render;
  const record = writeRunRecord({ delivery, environment, build, attempt, commit, contentDigest });
  await doing(
    `record the run on pull request !${id}`,
    patchProperties(ado, { repo, id, properties: { [runRecordProperty]: record } }),
  );
  // Last: it may complete at once, and a completed pull request takes no further writes.
  if (render.environment.autoComplete && pullRequest.status === "active") {
    await setAutoComplete(work, pullRequest);
  }
}

async function setAutoComplete({ ado, repo, log }: Work, pullRequest: PullRequest): Promise<void> {
  const id = pullRequest.pullRequestId;
  const change = {
    autoCompleteSetBy: { id: pullRequest.createdBy.id },
    completionOptions: { deleteSourceBranch: true, transitionWorkItems: false },
  };
  try {
    await updatePullRequest(ado, { repo, id, change });
    log.info(`Pull request !${id} completes by itself when its policies are satisfied`);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    log.warn(`Could not set auto-complete on !${id}: ${causeText(error)}. Complete it by hand.`);
  }
}
