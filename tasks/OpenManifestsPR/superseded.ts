import { runBranchName } from "../../core/run/branch.ts";
import {
  normalOrganisationUrl,
  parseRunUrl,
  pullRequestUrl,
  runUrl,
} from "../../core/azure-devops/urls.ts";
import { TerminalError } from "../../core/errors.ts";
import type { OwnershipIndex } from "../../core/render/ownership-index.ts";
import type { Work } from "./deps.ts";
import { newerRun, type Run } from "./runs.ts";

/**
 * @throws TerminalError `superseded` when a newer run of this delivery and environment has opened
 *   its pull request, found nothing to change, or is merged already.
 */
export function refuseSuperseded(
  work: Work,
  seen: { readonly runs: readonly Run[]; readonly onTarget?: OwnershipIndex | undefined },
): void {
  const { run } = work.inputs;
  const newer = newerRun(seen.runs, run.build);
  if (newer !== undefined) {
    const [open] = newer.pullRequests;
    const what =
      open === undefined
        ? runBranchName(newer.branch)
        : pullRequestUrl(work.address, open.pullRequestId);
    throw superseded(work, newer.branch.build, what);
  }
  const merged = mergedBuild(work, seen.onTarget);
  if (merged !== undefined && merged > run.build) {
    throw superseded(work, merged, `merged to ${work.inputs.targetBranch}`);
  }
}

function superseded(work: Work, build: number, what: string): TerminalError {
  const { render, inputs } = work;
  const subject = `${render.delivery} to ${render.environment.name}`;
  const newer = runUrl({ ...inputs.run, build });
  return new TerminalError(`Failed to deploy ${subject}: superseded by run ${newer} (${what})`, {
    code: "superseded",
    hint: "The newer run carries on. To go back to this version, start a new run of it.",
  });
}

/** Build ids are unique in an organisation, so only runs of the same one can be compared. */
function mergedBuild({ inputs }: Work, onTarget: OwnershipIndex | undefined): number | undefined {
  const run = parseRunUrl(onTarget?.provenance.run ?? "");
  if (run === undefined) return undefined;
  const here = normalOrganisationUrl(inputs.run.organisationUrl);
  return run.organisationUrl === here ? run.build : undefined;
}
