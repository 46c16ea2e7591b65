import { findBuild, getTimeline } from "../../clients/azure-devops/builds.ts";
import {
  readCarrier,
  readCountingAttempt,
  readUnchanged,
} from "../../clients/azure-devops/carrier.ts";
import { listPushedHeads } from "../../clients/azure-devops/pull-request-history.ts";
import { listPullRequestsSince } from "../../clients/azure-devops/run-pull-requests.ts";
import { listRefs } from "../../clients/azure-devops/refs.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { monotonicNow } from "../../clients/monotonic.ts";
import { attemptsIn, carrierOf, pullRequestOf, type Attempt } from "../../core/run/attempts.ts";
import { runBranchPrefix } from "../../core/run/branch.ts";
import type { Build, PullRequest, Ref, Timeline } from "../../core/azure-devops/types.ts";
import { buildId, commitSha, jobId, planId, taskId } from "../../core/brand.ts";
import { acceptLetter, type LetterVerdict, type Refusal } from "../../core/gate/accept-letter.ts";
import { decidedHere, type Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { findCodeCommit } from "./code-commit.ts";
import { deadlineOf } from "./deadline.ts";
import { planOf, type UnheardEnd } from "./end-wait.ts";
import type { OpenWait } from "./open-wait.ts";
import type { OpenLetter } from "./open-letters.ts";

export type Examined =
  | { readonly kind: "wait"; readonly open: OpenWait }
  | {
      readonly kind: "refused";
      readonly refusal: Refusal;
      readonly text: string;
      readonly seen: SeenTask;
    }
  /** The task is over and the letter was left open; its job may not have heard of it. */
  | {
      readonly kind: "ended";
      readonly succeeded: boolean;
      readonly text: string;
      readonly unheard?: UnheardEnd;
    };

/** What was read of the task that a letter names; undefined: it is not there. */
export type SeenTask = {
  readonly build: Build | undefined;
  readonly timeline: Timeline | undefined;
};

type Room = Pick<Connector, "ado" | "config" | "host" | "log">;

export type LetterQuestion = {
  readonly repository: ManifestsRepository;
  readonly open: OpenLetter;
  /** Where its build is, by its author. */
  readonly project: string;
  /** The runs' branches, where they were read just now. */
  readonly refs?: readonly Ref[];
  /** What else was read just now. */
  readonly read?: {
    readonly build?: Build;
    readonly timeline?: Timeline;
    readonly pullRequests?: readonly PullRequest[];
  };
};

/**
 * Reads what the five rules ask for, and applies them. A refusal is for ever, so that all of it is
 * read once more before: one odd answer refuses nobody.
 */
export async function examineLetter(room: Room, question: LetterQuestion): Promise<Examined> {
  const first = await examineOnce(room, question);
  if (first.kind === "wait") return first;
  const { repository, open, project } = question;
  const { letter, status, carrier } = open;
  return examineOnce(room, { repository, project, open: { letter, status, carrier } });
}

async function examineOnce(room: Room, question: LetterQuestion): Promise<Examined> {
  const { ado, config, host } = room;
  const { repository, open, project, read = {} } = question;
  const { letter, status } = open;
  const repo = repository.ref;
  const build = read.build ?? (await findBuild(ado, { project, build: letter.task.build }));
  const [timeline, carrier, attempts, own] = await Promise.all([
    read.timeline ?? (build && getTimeline(ado, { project: build.project.id, build: build.id })),
    readCarrier(ado, { repo, commit: open.carrier }),
    build ? readAttemptsOf(room, question, build) : [],
    open.statuses ?? listStatuses(ado, { repo, commit: open.carrier }),
  ]);
  const { commit, trailers } = carrier;
  const counting = await readCountingAttempt(ado, { repo, attempts });
  const others = await Promise.all(
    [...new Set(attempts.map(carrierOf))]
      .filter((head) => head !== undefined && head !== open.carrier)
      .map(async (head = "") =>
        (await listStatuses(ado, { repo, commit: head })).map((each) => ({
          commit: head,
          status: each,
        })),
      ),
  );
  const { collectionBuildIdentity } = config.azureDevOps;
  const verdict = acceptLetter({
    ...{ letter, status, build, timeline, host },
    runHeads: await readHeads(room, question, counting),
    carrier: {
      commit: open.carrier,
      trailers,
      ...(commit?.push?.pushedBy ? { pushedBy: commit.push.pushedBy } : {}),
      ...(commit?.push?.date ? { pushedAt: commit.push.date } : {}),
    },
    ...(collectionBuildIdentity ? { collectionBuildIdentity } : {}),
    letterAuthors: config.letterAuthors,
    waitTaskIds: config.waitTaskIds,
    manifestsRepository: { id: repository.id, branch: repository.config.branch },
    letters: [...own.map((each) => ({ commit: open.carrier, status: each })), ...others.flat()],
    allowed: decidedHere(room, repository).map(({ name, definitions }) => ({
      environment: name,
      ...(definitions ? { definitions } : {}),
    })),
  });
  if (!verdict.accepted) return notAWait(verdict, { build, timeline, task: letter.task.task });
  const environment = decidedHere(room, repository).find(
    ({ name }) => name === verdict.environment,
  );
  if (!environment) throw new Error(`environment ${verdict.environment} is not configured`);
  const target = `refs/heads/${repository.config.branch}`;
  const pullRequest = counting && pullRequestOf(counting, target);
  const { record, job, build: accepted } = verdict;
  return {
    kind: "wait",
    open: {
      wait: {
        key: {
          organisation: ado.organisationUrl,
          project: accepted.project.id,
          build: buildId(accepted.id),
          plan: planId(planOf(accepted)),
          job: jobId(job.id),
          task: taskId(record.id),
          attempt: record.attempt ?? 1,
        },
        delivery: letter.delivery,
        environment: verdict.environment,
        repository: repository.id,
        carrier: commitSha(open.carrier),
        letter: status,
        deadline: deadlineOf({
          began: job.startTime ?? status.creationDate,
          minutes: letter.timeoutInMinutes,
          hostNow: ado.now(),
          now: monotonicNow(),
        }),
      },
      repository,
      environment,
      timeline: timeline?.id ?? "",
      log: record.log?.id,
      pullRequest: pullRequest?.pullRequestId,
      ...(pullRequest === undefined ? {} : { pullRequestThen: pullRequest }),
      // What went straight to the branch never gets a pull request.
      madeByRun: trailers !== undefined && trailers.operation !== "pushed",
      unchanged: pullRequest === undefined && (await readUnchanged(ado, { repo, carrier })),
      started: accepted,
      runName: `${accepted.definition.name} ${accepted.buildNumber}`,
      source: await findCodeCommit(room, { build: accepted, trailers }),
    },
  };
}

// What somebody pushed over is still what the run pushed: its wait began on it.
async function readHeads(
  { ado }: Room,
  { repository: { ref: repo }, open }: LetterQuestion,
  counting: Attempt | undefined,
): Promise<readonly string[]> {
  const head = counting && carrierOf(counting);
  if (head === undefined || head === open.carrier) return head === undefined ? [] : [head];
  const pushed = counting?.pullRequests.map(({ pullRequestId: id }) =>
    listPushedHeads(ado, { repo, id }),
  );
  return [head, ...(await Promise.all(pushed ?? [])).flat()];
}

async function readAttemptsOf(
  { ado }: Room,
  { repository, open: { letter }, refs, read }: LetterQuestion,
  build: Build,
): Promise<readonly Attempt[]> {
  const { delivery, environment } = letter;
  const repo = repository.ref;
  const filter = `heads/${runBranchPrefix({ delivery, environment })}${build.id}`;
  const [branches, pullRequests] = await Promise.all([
    refs ?? listRefs(ado, { repo, filter }),
    read?.pullRequests ?? listPullRequestsSince(ado, { repo, build }),
  ]);
  return attemptsIn({ refs: branches, pullRequests }).filter(
    ({ branch }) =>
      branch.build === build.id &&
      branch.delivery === delivery &&
      branch.environment === environment,
  );
}

function notAWait(
  verdict: Extract<LetterVerdict, { readonly accepted: false }>,
  { build, timeline, task }: SeenTask & { readonly task: string },
): Examined {
  const { refusal, text, unheard } = verdict;
  if (refusal !== "ended") return { kind: "refused", refusal, text, seen: { build, timeline } };
  const record = timeline?.records.find(({ id }) => id.toLowerCase() === task);
  const result = record?.result ?? "without a result";
  return {
    ...{ kind: "ended", succeeded: result === "succeeded", text: `the wait ended ${result}` },
    ...(unheard ? { unheard } : {}),
  };
}
