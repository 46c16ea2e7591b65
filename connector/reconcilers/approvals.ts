// The status `four-eyes` of open pull requests: pending until somebody else has approved. Only for
// repositories of which an environment asks for it; all their pull requests get it, so that a branch
// policy can require it.
import { LRUCache } from "lru-cache";
import { readChangedPaths, readCommonCommit } from "../../clients/azure-devops/diffs.ts";
import { listIterations } from "../../clients/azure-devops/pull-request-history.ts";
import {
  listPullRequestStatuses,
  postPullRequestStatus,
} from "../../clients/azure-devops/pull-request-statuses.ts";
import { findPullRequests } from "../../clients/azure-devops/pull-requests.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { causeText } from "../../core/errors.ts";
import { fitted } from "../../core/fitted.ts";
import { decideFourEyes, type FourEyesVerdict } from "../../core/four-eyes/decide-four-eyes.ts";
import { asksForFourEyes } from "../../core/four-eyes/changed-environments.ts";
import { statusGenre } from "../../core/run/letter.ts";
import { fourEyesStatusName } from "../../core/run/statuses.ts";
import { decidedHere, environmentsOf, type Connector } from "../connector.ts";
import { createDirectory } from "../four-eyes/directory.ts";
import { readApprovals } from "../four-eyes/read-approvals.ts";
import { readInvolved } from "../four-eyes/read-involved.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";

const context = { genre: statusGenre, name: fourEyesStatusName };
const longestDescription = 250;

export type Approvals = {
  /** One look at the open pull requests into the branch that Flux follows; when to look again. */
  readonly reconcile: (repository: ManifestsRepository) => Promise<number>;
};

type Room = Pick<Connector, "ado" | "config" | "former" | "host" | "log" | "me">;

export function createApprovals(connector: Room): Approvals {
  const { ado, config, log, me, former = [] } = connector;
  const directory = createDirectory(ado);
  /** Pull request → as it was when it was judged; what could not be told is judged again. */
  const judged = new LRUCache<string, string>({ max: 5_000 });
  const again = { ttl: config.timings.discovery };
  /** Pull request and iteration → what was said last. */
  const said = new LRUCache<string, string>({ max: 5_000 });

  async function consider(repository: ManifestsRepository, one: PullRequest): Promise<void> {
    const key = `${repository.id}/${one.pullRequestId}`;
    const state = stateOf(one);
    if (judged.get(key) === state) return;
    const of = { repo: repository.ref, id: one.pullRequestId };
    const iterations = await listIterations(ado, of);
    const iteration = iterations.at(-1)?.id;
    let verdict: FourEyesVerdict;
    let isFinal = false;
    try {
      const found = await judge(repository, one, iterations);
      verdict = found.verdict;
      isFinal = !found.unclear;
    } catch (error) {
      // What was said before was about another state of it.
      log.warn({ err: error }, `Failed to judge approvals of !${of.id}: ${causeText(error)}`);
      verdict = { state: "pending", text: `it cannot be told yet: ${causeText(error)}` };
    }
    await post(repository, one, { verdict, iteration });
    // Once it is said: a post that fails is tried again at the next look.
    judged.set(key, state, isFinal ? {} : again);
  }

  async function judge(
    repository: ManifestsRepository,
    one: PullRequest,
    iterations: Awaited<ReturnType<typeof listIterations>>,
  ): Promise<{ readonly verdict: FourEyesVerdict; readonly unclear?: boolean }> {
    const [base, target] = [one.lastMergeTargetCommit, one.lastMergeSourceCommit];
    if (base === undefined || target === undefined) {
      return untold("its commits are not known");
    }
    // The service notes a push a moment after it is there; until then it would pass unseen.
    const seen = iterations.at(-1)?.sourceRefCommit?.commitId;
    if (seen !== target.commitId) return untold("its last push is not noted yet");
    const sides = { base: base.commitId, target: target.commitId };
    const common = await readCommonCommit(ado, { repo: repository.ref, ...sides });
    if (common !== undefined) {
      const changes = await readChangedPaths(ado, {
        repo: repository.ref,
        base: common,
        target: sides.target,
      });
      const files = changes.flatMap(({ path, originalPath }) => [path, originalPath ?? path]);
      const asked = asksForFourEyes(environmentsOf(connector, repository), files);
      if (!asked.asks) return { verdict: { state: "succeeded", text: asked.text } };
    }
    const of = { repository, pullRequest: one, iterations };
    const approvals = await readApprovals(connector, directory, of);
    // Nobody to be compared with: what else there is costs nothing yet.
    if (approvals.length === 0) {
      const { people } = config;
      return { verdict: decideFourEyes({ approvals, involved: [], unclear: [], people }) };
    }
    const found = await readInvolved(connector, directory, of);
    const verdict = decideFourEyes({ approvals, ...found, people: config.people });
    // A vote that is taken back and given again looks the same in a list.
    const isOld = approvals.some(({ isCurrent }) => !isCurrent);
    return { verdict, unclear: found.unclear.length > 0 || isOld };
  }

  async function post(
    repository: ManifestsRepository,
    { pullRequestId: id }: PullRequest,
    of: { readonly verdict: FourEyesVerdict; readonly iteration: number | undefined },
  ): Promise<void> {
    const { verdict, iteration } = of;
    const description = fitted(verdict.text, longestDescription);
    const key = `${repository.id}/${id}/${iteration}`;
    const text = `${verdict.state} ${description}`;
    if ((said.get(key) ?? (await readSaid(repository, id, iteration))) === text) return;
    if (config.mode === "observe") {
      log.info({ pullRequest: id }, `Would post four-eyes: ${text}`);
    } else {
      const status = { state: verdict.state, description, context };
      const iterationId = iteration === undefined ? {} : { iterationId: iteration };
      await postPullRequestStatus(ado, {
        ...{ repo: repository.ref, id, status: { ...status, ...iterationId } },
      });
    }
    said.set(key, text);
  }

  async function readSaid(
    { ref: repo }: ManifestsRepository,
    id: number,
    iteration: number | undefined,
  ): Promise<string | undefined> {
    const own = (await listPullRequestStatuses(ado, { repo, id }))
      .filter((one) => one.context.name === context.name && one.context.genre === context.genre)
      .sort((a, b) => a.id - b.id)
      .at(-1);
    const isOurs = own !== undefined && [me, ...former].includes(own.createdBy?.id ?? "");
    if (!isOurs || own.iterationId !== iteration) return undefined;
    return `${own.state} ${own.description ?? ""}`;
  }

  return {
    reconcile: async (repository) => {
      const asks = decidedHere(connector, repository).some(({ fourEyes }) => fourEyes);
      if (!asks) return config.timings.resync;
      const open = await findPullRequests(ado, {
        repo: repository.ref,
        status: "active",
        targetRef: `refs/heads/${repository.config.branch}`,
      });
      for (const one of open) {
        try {
          await consider(repository, one);
        } catch (error) {
          // The others are looked at all the same, and this one at the next look.
          const what = `!${one.pullRequestId}`;
          log.warn({ err: error }, `Failed to say four-eyes on ${what}: ${causeText(error)}`);
        }
      }
      return config.timings.letters;
    },
  };
}

function untold(why: string) {
  const verdict = { state: "pending", text: `it cannot be told yet: ${why}` } as const;
  return { verdict, unclear: true };
}

// All that a verdict depends on and that can change.
function stateOf(one: PullRequest): string {
  const votes = (one.reviewers ?? []).map(({ id, vote }) => `${id} ${vote}`).sort();
  const commits = [one.lastMergeSourceCommit, one.lastMergeTargetCommit].map(
    (commit) => commit?.commitId,
  );
  return [...commits, one.isDraft, ...votes].join("\n");
}
