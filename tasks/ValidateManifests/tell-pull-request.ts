import {
  createThread,
  readJudgedIteration,
  listThreads,
  type Thread,
  updateThread,
} from "../../clients/azure-devops/placed-threads.ts";
import { postPullRequestStatus } from "../../clients/azure-devops/pull-request-statuses.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import {
  findingProperty,
  validationContext,
  writeFinding,
} from "../../core/run/validation-record.ts";
import type { MergeFinding } from "../../core/merge/merge-finding.ts";
import { harmless } from "../../core/harmless.ts";
import type { MergeCheck } from "../../rendering/merge/check-merge.ts";
import { sha256 } from "../../clients/sha256.ts";
import { explainedRefusal } from "../../clients/azure-devops/explained-refusal.ts";
import type { Inputs } from "./inputs.ts";
import { statusText } from "./merge-summary.ts";
import type { Deps } from "./deps.ts";

const context = validationContext;
// A pull request with more threads is read by nobody; the run's log has them all.
const mostThreads = 30;

/** Posts the verdict on the commit `source` of the pull request as a status and each error as a comment on its line, once. */
export async function tellPullRequest(inputs: Inputs, deps: Deps, verdict: Verdict): Promise<void> {
  const { pullRequest } = inputs;
  if (pullRequest === undefined) return;
  try {
    await tell({ ...inputs, pullRequest }, deps, verdict);
  } catch (error) {
    throw explainedRefusal(error, {
      what: `write to !${pullRequest}`,
      repository:
        inputs.address === undefined
          ? "the manifests repository"
          : `repository ${inputs.address.project}/${inputs.address.repository}`,
    });
  }
}

type Verdict = { readonly check: MergeCheck; readonly source: string | undefined };

async function tell(
  inputs: Inputs & { readonly pullRequest: number },
  { ado, log }: Deps,
  { check, source }: Verdict,
): Promise<void> {
  const { project, repository, pullRequest: id, organisationUrl, build } = inputs;
  const of = { repo: { project, repository }, id };
  const errors = check.findings.filter(({ severity }) => severity === "error");
  const iteration = await readJudgedIteration(ado, { ...of, source });
  if (iteration.isOutdated) log.info(`A later push to !${id} has a run of its own, which comments`);
  else if (inputs.comments) await tellFindings(ado, of, errors);
  await postPullRequestStatus(ado, {
    ...of,
    status: {
      context,
      state: errors.length > 0 ? "failed" : "succeeded",
      description: harmless(statusText(check)),
      targetUrl: runUrl({ organisationUrl, project, build }),
      ...(iteration.id === undefined ? {} : { iterationId: iteration.id }),
    },
  });
  log.info(`Pull request !${id} has the status ${context.genre}/${context.name}`);
}

async function tellFindings(
  ado: Deps["ado"],
  of: {
    readonly repo: { readonly project: string; readonly repository: string };
    readonly id: number;
  },
  errors: readonly MergeFinding[],
): Promise<void> {
  const threads = (await listThreads(ado, of)).filter((thread) => keyOf(thread) !== undefined);
  const wanted = new Map(errors.map((each) => [findingKey(each), each]));
  let open = 0;
  for (const thread of threads) {
    const isWanted = wanted.delete(keyOf(thread) ?? "");
    if (isWanted) open += 1;
    await updateThread(ado, { ...of, thread, status: isWanted ? "active" : "fixed" });
  }
  const added = [...wanted].slice(0, Math.max(0, mostThreads - open));
  for (const [key, { message, file, line = 1 }] of added) {
    await createThread(ado, {
      ...of,
      ...{ content: asText(message), status: "active", properties: { [findingProperty]: key } },
      ...(file === undefined ? {} : { place: { file, line } }),
    });
  }
}

function asText(message: string): string {
  const longest = 4000;
  const text = harmless(message).replaceAll("```", "'''").slice(0, longest);
  return writeFinding(text);
}

function findingKey({ message, file = "" }: MergeFinding): string {
  return sha256(`${file}\0${message}`).slice(0, 32);
}

function keyOf({ properties }: Thread): string | undefined {
  const value = properties?.[findingProperty]?.$value;
  return typeof value === "string" ? value : undefined;
}
