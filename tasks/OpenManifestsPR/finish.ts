import {
  getProperties,
  patchProperties,
} from "../../clients/azure-devops/pull-request-properties.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { TerminalError } from "../../core/errors.ts";
import { parseRunRecord, runRecordProperty, writeRunRecord } from "../../core/run/record.ts";
import { attachChanges } from "./attach-changes.ts";
import { setAutoComplete } from "./auto-complete.ts";
import type { Work } from "./deps.ts";
import type { Told } from "./facts.ts";
import type { OwnAttempt } from "./own-attempt.ts";
import { type Step, takeSteps } from "./steps.ts";
import { setReviewers } from "./reviewers.ts";
import { setLabels, wantedLabels } from "./set-labels.ts";

type Opened = OwnAttempt & { readonly pullRequest: PullRequest };

type Finishing = {
  readonly told: Told;
  /** What takes older runs away. */
  readonly retiring: readonly Step[];
  /** Opened just now: nothing was left undone. */
  readonly isNew?: boolean;
};

/**
 * Gives an open pull request all that it still needs, whatever an attempt before has left undone.
 * @throws TerminalError `pull-request-unfinished`, naming everything that is missing.
 */
export async function finishPullRequest(
  work: Work,
  own: Opened,
  { told, retiring, isNew = false }: Finishing,
): Promise<void> {
  const { pullRequest } = own;
  const id = pullRequest.pullRequestId;
  const name = `pull request !${id}`;
  const isOpen = pullRequest.status === "active";
  const steps: readonly Step[] = [
    ...retiring,
    ...(isOpen
      ? [
          {
            what: `set the labels ${wantedLabels(work).join(", ")} of !${id}`,
            take: () => setLabels(work, pullRequest),
          },
          {
            what: `add the reviewers of !${id}`,
            take: () => setReviewers(work, pullRequest),
          },
        ]
      : []),
    { what: `record the run on !${id}`, take: () => leaveRecord(work, own, { told, isNew }) },
  ];
  const missing = await takeSteps(work.log, steps);
  refuseUnfinished(name, missing);
  if (!isOpen) return;
  if (pullRequest.isDraft === true) {
    work.log.warn(
      `Pull request !${id} is a draft: somebody has to publish it before it can be completed`,
    );
    return;
  }
  if (!work.render.environment.autoComplete) return;
  const { freeze, isFrozen } = told.facts;
  if (isFrozen) {
    const after = "retry the stage once the freeze is over, or complete it by hand";
    work.log.warn(`Pull request !${id} does not complete by itself: ${freeze}; ${after}`);
    return;
  }
  // Last: it may complete at once, and a completed pull request takes no further writes.
  const completing = {
    what: "set auto-complete",
    take: () => setAutoComplete(work, pullRequest, isNew),
  };
  refuseUnfinished(name, await takeSteps(work.log, [completing]));
}

/** Its presence says that the task got through: written after older runs are retired. */
async function leaveRecord(
  work: Work,
  own: Opened,
  { told, isNew }: { readonly told: Told; readonly isNew: boolean },
): Promise<void> {
  const { ado, repo, render } = work;
  const { branch, commit, pullRequest } = own;
  const id = pullRequest.pullRequestId;
  const { contentDigest } = render;
  const properties = isNew ? {} : await getProperties(ado, { repo, id });
  const before = parseRunRecord(properties[runRecordProperty]);
  if (before?.commit === commit && before.contentDigest === contentDigest) return;
  if (pullRequest.status === "active") await attachChanges(work, { id, ...told });
  const { delivery, environment, build, attempt } = branch;
  const record = writeRunRecord({
    ...{ delivery, environment, build, attempt, commit, contentDigest },
    complete: told.diff.complete,
    ...variablesOf(render),
  });
  await patchProperties(ado, { repo, id, properties: { [runRecordProperty]: record } });
}

function variablesOf({ index }: Work["render"]) {
  const { variablesDigest } = index.provenance;
  return typeof variablesDigest === "string" ? { variablesDigest } : {};
}

/** @throws TerminalError `pull-request-unfinished` unless nothing is missing. */
export function refuseUnfinished(what: string, missing: readonly string[]): void {
  if (missing.length === 0) return;
  throw new TerminalError(`Failed to finish ${what}: ${missing.join("; ")}`, {
    code: "pull-request-unfinished",
    hint: "Settle what is missing and retry the stage: it takes up where this stopped.",
  });
}
