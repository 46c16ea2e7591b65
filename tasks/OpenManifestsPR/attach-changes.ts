import {
  type Attachment,
  attachFile,
  listAttachments,
} from "../../clients/azure-devops/pull-request-attachments.ts";
import { updatePullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { countedChange } from "../../core/report/change-text.ts";
import { changesFile, changesFileName } from "../../core/report/changes-file.ts";
import {
  pullRequestDescription,
  type PullRequestFacts,
} from "../../core/report/pull-request-text.ts";
import type { ManifestsDiff } from "../../core/diff/diff-manifests.ts";
import { causeText, FluxgateError } from "../../core/errors.ts";
import type { Work } from "./deps.ts";

/**
 * Attaches every object's diff and links it from the description. Without it the pull request is
 * as good for the run, so a refusal is only told.
 */
export async function attachChanges(
  { ado, repo, log }: Work,
  of: { readonly id: number; readonly facts: PullRequestFacts; readonly diff: ManifestsDiff },
): Promise<void> {
  const { id, facts, diff } = of;
  const { delivery, environment, run, change } = facts;
  const name = changesFileName(environment);
  const text = changesFile({ delivery, environment, run, diff, counted: countedChange(change) });
  try {
    const { url } = await attachOnce({ ado, repo }, { id, name, text });
    const description = pullRequestDescription({ ...facts, changesFile: { name, url } });
    await updatePullRequest(ado, { repo, id, change: { description } });
  } catch (error) {
    if (!(error instanceof FluxgateError)) throw error;
    log.warn(`Could not attach ${name} to !${id}: ${causeText(error)}. The Review tab shows it.`);
  }
}

/** The file; one that an attempt before has left is taken as it is. */
async function attachOnce(
  { ado, repo }: Pick<Work, "ado" | "repo">,
  file: { readonly id: number; readonly name: string; readonly text: string },
): Promise<Attachment> {
  try {
    return await attachFile(ado, { repo, ...file });
  } catch (error) {
    const there = await listAttachments(ado, { repo, id: file.id });
    const before = there.find(({ displayName }) => displayName === file.name);
    if (before === undefined) throw error;
    return before;
  }
}
