import { findIdentities, type FoundIdentity } from "../../clients/azure-devops/identities.ts";
import {
  addReviewer,
  type WantedReviewer,
} from "../../clients/azure-devops/pull-request-reviewers.ts";
import type { AzureDevOps } from "../../clients/azure-devops/connection.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import type { Reviewers } from "../../core/delivery/delivery.ts";
import { HttpError, InputError, type Problem } from "../../core/errors.ts";
import type { TaskLog } from "../common/task-env.ts";
import type { Inputs } from "./inputs.ts";
import type { Render } from "./read-render.ts";
import type { Work } from "./deps.ts";
import { explainRefusals } from "./refusal.ts";

type Named = Required<Reviewers>;

/** What fluxgate.yaml and the inputs name. */
export function namedReviewers(inputs: Inputs, { environment }: Render): Named {
  const { required = [], optional = [] } = environment.reviewers ?? {};
  return {
    required: [...new Set([...required, ...(inputs.requiredReviewers ?? [])])],
    optional: [...new Set([...optional, ...(inputs.optionalReviewers ?? [])])],
  };
}

/**
 * Turns names into ids before anything is written.
 * @throws InputError for a required one whom nobody or several are called; an optional one is warned
 *   of and left out.
 */
export async function findReviewers(
  { ado, log }: { readonly ado: AzureDevOps; readonly log: TaskLog },
  { required, optional }: Named,
): Promise<readonly WantedReviewer[]> {
  const found = new Map<string, boolean>();
  const problems: Problem[] = [];
  for (const name of required) {
    const one = await findOne(ado, name);
    if (typeof one === "string") problems.push({ message: `Required reviewer "${name}": ${one}` });
    else found.set(one.id, true);
  }
  if (problems.length > 0) {
    throw new InputError(problems, {
      code: "reviewer-not-found",
      hint: "Name a mail address, a display name, [project]\\group or an id that Azure DevOps knows.",
    });
  }
  for (const name of optional) {
    const one = await findOne(ado, name);
    if (typeof one === "string") log.warn(`Optional reviewer "${name}" is left out: ${one}`);
    else if (!found.has(one.id)) found.set(one.id, false);
  }
  return [...found].map(([id, isRequired]) => ({ id, isRequired }));
}

/** The one whom a name means, or why there is none. */
async function findOne(ado: AzureDevOps, name: string): Promise<FoundIdentity | string> {
  let found: readonly FoundIdentity[];
  try {
    found = await findIdentities(ado, name);
  } catch (error) {
    // A service that is away is another matter.
    if (!(error instanceof HttpError) || error.status >= 500 || error.status < 400) throw error;
    return `the names of people and groups may not be read: ${error.message}`;
  }
  const [first, ...others] = found;
  if (first === undefined) return "nobody and no group is called so";
  if (others.length === 0) return first;
  const names = found.slice(0, 5).map(({ displayName, accounts, id }) => {
    return `${displayName} (${accounts[0] ?? id})`;
  });
  return `${found.length} are called so: ${names.join(", ")}`;
}

/** Adds those who are not there; whoever has voted stays as they are. */
export async function setReviewers(work: Work, pullRequest: PullRequest): Promise<void> {
  const { ado, repo } = work;
  const id = pullRequest.pullRequestId;
  const there = new Map((pullRequest.reviewers ?? []).map((one) => [one.id.toLowerCase(), one]));
  for (const reviewer of work.reviewers) {
    const present = there.get(reviewer.id.toLowerCase());
    if (
      present !== undefined &&
      (present.vote !== 0 || present.isRequired || !reviewer.isRequired)
    ) {
      continue;
    }
    await explainRefusals(work, `add reviewer ${reviewer.id} to !${id}`, () =>
      addReviewer(ado, { repo, id, reviewer }),
    );
  }
}
