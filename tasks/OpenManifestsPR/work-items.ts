// Work items are bookkeeping: what cannot be linked is told in one warning and stops nothing.
import {
  listWorkItemsOfBuild,
  listWorkItemsOfPullRequest,
} from "../../clients/azure-devops/work-items.ts";
import { causeText, FluxgateError, HttpError } from "../../core/errors.ts";
import type { Work } from "./deps.ts";

// A run after a long pause may have hundreds; a pull request with all of them helps nobody.
const most = 50;

/** Those that the inputs name, and those of the run's changes where they are asked for. */
export async function findWantedWorkItems({
  ado,
  runs,
  inputs,
  log,
}: Work): Promise<readonly number[]> {
  const { run, workItems, linkWorkItems } = inputs;
  if (!linkWorkItems) return workItems;
  if (runs.organisationUrl !== ado.organisationUrl) {
    log.warn("Work items of the run are not linked: the manifests are in another organisation");
    return workItems;
  }
  try {
    const { project, build } = run;
    const changed = await listWorkItemsOfBuild(ado, { project, build, top: most });
    return [...new Set([...workItems, ...changed])].slice(0, Math.max(most, workItems.length));
  } catch (error) {
    if (!(error instanceof FluxgateError)) throw error;
    log.warn(`Could not read the work items of run ${run.buildNumber}: ${causeText(error)}`);
    return workItems;
  }
}

/**
 * Whether a refused pull request may be taken without its work items: no sign-in is missing and no
 * other pull request is in the way. How the service refuses an unknown one is UNVERIFIED
 * (docs/unverified.md, 12).
 */
export function mayBeForWorkItems(error: unknown): error is HttpError {
  if (!(error instanceof HttpError)) return false;
  const { status } = error;
  return status >= 400 && status < 500 && status !== 401 && status !== 409 && status !== 429;
}

/** Warns of those that the pull request is not linked to. */
export async function warnOfUnlinked(
  { ado, repo, log }: Work,
  linking: {
    readonly id: number;
    readonly wanted: readonly number[];
    readonly refusal: HttpError | undefined;
  },
): Promise<void> {
  const { id, wanted, refusal } = linking;
  if (wanted.length === 0) return;
  try {
    const linked = refusal === undefined ? await listWorkItemsOfPullRequest(ado, { repo, id }) : [];
    const missing = wanted.filter((one) => !linked.includes(one)).map((one) => `#${one}`);
    if (missing.length === 0) return;
    const why =
      refusal === undefined
        ? "they do not exist, or this pipeline's build service may not edit them"
        : causeText(refusal);
    log.warn(`Work items ${missing.join(", ")} are not linked to !${id}: ${why}`);
  } catch (error) {
    if (!(error instanceof FluxgateError)) throw error;
    log.warn(`Could not see whether the work items are linked to !${id}: ${causeText(error)}`);
  }
}
