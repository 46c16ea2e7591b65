import { patchProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import {
  createPullRequest,
  findPullRequests,
  updatePullRequest,
} from "../../clients/azure-devops/pull-requests.ts";
import { changeSummary } from "../../core/report/change-summary.ts";
import {
  draftReasons,
  pullRequestDescription,
  type PullRequestFacts,
  pullRequestTitle,
} from "../../core/report/pull-request-text.ts";
import { type RunBranch, runBranchName } from "../../core/run/branch.ts";
import { runRecordProperty, writeRunRecord } from "../../core/run/record.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { environmentsHubUrl, runUrl } from "../../core/azure-devops/urls.ts";
import type { ManifestsDiff } from "../../core/diff/diff-manifests.ts";
import { findRisks } from "../../core/diff/find-risks.ts";
import { causeText, HttpError } from "../../core/errors.ts";
import { validationText } from "../../core/render/render-result.ts";
import { attachChanges } from "./attach-changes.ts";
import { sourceOf, type Work } from "./deps.ts";
import type { Placement } from "./place-render.ts";
import type { Render } from "./read-render.ts";
import { doing } from "./refusal.ts";
import { deleteBranch } from "./retire.ts";
import { setLabels, wantedLabels } from "./set-labels.ts";
import { mayBeForWorkItems, wantedWorkItems, warnOfUnlinked } from "./work-items.ts";

type Pushed = { readonly branch: RunBranch; readonly commit: string };
export type Told = { readonly facts: PullRequestFacts; readonly diff: ManifestsDiff };

/** Opens the pull request of a pushed branch; takes the branch back when the service refuses. */
export async function openPullRequest(
  work: Work,
  { branch, commit, facts }: Pushed & Pick<Told, "facts">,
): Promise<PullRequest> {
  const { ado, repo, inputs } = work;
  const name = runBranchName(branch);
  const refs = {
    sourceRef: `refs/heads/${name}`,
    targetRef: `refs/heads/${inputs.targetBranch}`,
  };
  try {
    const created = createLinked(work, {
      repo,
      ...refs,
      title: pullRequestTitle(facts),
      description: pullRequestDescription(facts),
      isDraft: draftReasons(facts).length > 0,
      labels: wantedLabels(work),
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

/** With the work items; without them where the service refuses it for their sake. */
async function createLinked(
  work: Work,
  options: Parameters<typeof createPullRequest>[1],
): Promise<PullRequest> {
  const { ado } = work;
  const wanted = await wantedWorkItems(work);
  let refusal: HttpError | undefined;
  const made = await createPullRequest(ado, { ...options, workItems: wanted }).catch(
    (error: unknown) => {
      if (wanted.length === 0 || !mayBeForWorkItems(error)) throw error;
      refusal = error;
      return createPullRequest(ado, options);
    },
  );
  await warnOfUnlinked(work, { id: made.pullRequestId, wanted, refusal });
  return made;
}

/** What the pull request says of a render on its target branch. */
export function factsOf(
  { render, inputs, extension }: Work,
  { before, diff: compare }: Pick<Placement, "before" | "diff">,
): Told {
  const { run } = inputs;
  const environment = render.environment.name;
  const diff = compare();
  const facts = {
    delivery: render.delivery,
    environment,
    change: changeSummary(diff, { before, after: render.index }),
    risks: findRisks(diff.objects),
    draftOnRisk: inputs.draftOnRisk ?? render.environment.draftOnRisk ?? [],
    rendering: renderingOf(render),
    run: { name: run.buildNumber, url: runUrl(run) },
    source: sourceOf({ render, inputs }),
    hubUrl: environmentsHubUrl({ ...run, extension, environment }),
    warnings: render.environment.warnings,
  };
  return { facts, diff };
}

function renderingOf({ index, environment }: Render): string {
  const tools = Object.entries(index.provenance.tools).map(
    ([name, version]) => `${name} ${version}`,
  );
  const rendered = tools.length === 0 ? "" : `Rendered with ${tools.join(", ")}. `;
  return `${rendered}${validationText(environment.validation)}`;
}

/**
 * Adds what a pull request gets once it is there, leaves the run's record, then sets auto-complete
 * where the environment says so.
 */
export async function finishPullRequest(
  work: Work,
  {
    branch,
    commit,
    pullRequest,
    facts,
    diff,
  }: Pushed & Told & { readonly pullRequest: PullRequest },
): Promise<void> {
  const { ado, repo, render, log } = work;
  const id = pullRequest.pullRequestId;
  const isOpen = pullRequest.status === "active";
  if (isOpen) {
    await setLabels(work, pullRequest);
    await attachChanges(work, { id, facts, diff });
  }
  const { delivery, environment, build, attempt } = branch;
  const { contentDigest } = render;
  const record = writeRunRecord({ delivery, environment, build, attempt, commit, contentDigest });
  await doing(
    `record the run on pull request !${id}`,
    patchProperties(ado, { repo, id, properties: { [runRecordProperty]: record } }),
  );
  if (isOpen && pullRequest.isDraft === true) {
    log.warn(
      `Pull request !${id} is a draft: somebody has to publish it before it can be completed`,
    );
    return;
  }
  // Last: it may complete at once, and a completed pull request takes no further writes.
  if (render.environment.autoComplete && isOpen) await setAutoComplete(work, pullRequest);
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
