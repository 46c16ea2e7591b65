import {
  type MergeStrategy,
  readAllowedStrategies,
} from "../../clients/azure-devops/merge-strategies.ts";
import { getPullRequest, updatePullRequest } from "../../clients/azure-devops/pull-requests.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { HttpError, TerminalError } from "../../core/errors.ts";
import type { Work } from "./deps.ts";
import { explainRefusals } from "./refusal.ts";

/** Has an open pull request complete itself, in a way that the policies of its target allow. */
export async function setAutoComplete(
  work: Work,
  opened: PullRequest,
  isNew: boolean,
): Promise<void> {
  const { ado, repo, log } = work;
  const id = opened.pullRequestId;
  const now = isNew ? opened : await getPullRequest(ado, { repo, id });
  if (now?.status !== "active" || now.isDraft === true) return;
  const isSet = now.autoCompleteSetBy !== undefined;
  const { mergeStrategy: chosen = byDefault, ...options } = now.completionOptions ?? {};
  const allowed = await readAllowed(work);
  // Whoever set it chose how, unless the policies of today never let that happen.
  if (isSet && (allowed?.includes(chosen) ?? true)) return;
  const mergeStrategy = allowed === undefined ? {} : { mergeStrategy: allowed[0] };
  const change = isSet
    ? { completionOptions: { ...options, ...mergeStrategy } }
    : {
        autoCompleteSetBy: { id: now.createdBy.id },
        completionOptions: {
          deleteSourceBranch: true,
          transitionWorkItems: false,
          ...mergeStrategy,
        },
      };
  const after = await explainRefusals(work, `set auto-complete on !${id}`, () =>
    updatePullRequest(ado, { repo, id, change }),
  );
  if (after.status === "active" && after.autoCompleteSetBy === undefined) {
    throw new TerminalError(`Failed to set auto-complete on !${id}: the service passed it over`, {
      code: "pull-request-refused",
    });
  }
  log.info(`Pull request !${id} completes by itself when its policies are satisfied`);
}

const byDefault: MergeStrategy = "noFastForward";

type Strategies = readonly [MergeStrategy, ...MergeStrategy[]];

/** Undefined where the policies may not be read: then the service's own default is taken. */
async function readAllowed(work: Work): Promise<Strategies | undefined> {
  const { ado, repository, inputs, log } = work;
  const ref = `refs/heads/${inputs.targetBranch}`;
  let found: Awaited<ReturnType<typeof readAllowedStrategies>>;
  try {
    found = await readAllowedStrategies(ado, { repository, ref });
  } catch (error) {
    if (!(error instanceof HttpError) || ![401, 403, 404].includes(error.status)) throw error;
    log.warn(`The policies of ${inputs.targetBranch} may not be read: ${error.message}`);
    return undefined;
  }
  const [first, ...others] = found.allowed;
  if (first !== undefined) return [first, ...others];
  const ids = found.policies.join(", ");
  throw new TerminalError(
    `Failed to choose a merge strategy: the policies ${ids} of ${inputs.targetBranch} allow none together`,
    { code: "pull-request-refused", hint: "Let them allow one strategy in common." },
  );
}
