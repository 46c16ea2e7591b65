import { getBuild, getTimeline } from "../../clients/azure-devops/builds.ts";
import { readCarrier, readCountingAttempt } from "../../clients/azure-devops/carrier.ts";
import { readAttempts } from "../../clients/azure-devops/run-pull-requests.ts";
import { listStatuses } from "../../clients/azure-devops/statuses.ts";
import { carrierOf, pullRequestOf } from "../../core/run/attempts.ts";
import { buildId, commitSha, jobId, planId, taskId } from "../../core/brand.ts";
import { normalOrganisationUrl } from "../../core/azure-devops/urls.ts";
import { acceptLetter, type Refusal } from "../../core/gate/accept-letter.ts";
import { environmentsOf, type Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { planOf, type UnheardEnd } from "./end-wait.ts";
import type { OpenWait } from "./open-wait.ts";
import type { OpenLetter } from "./open-letters.ts";

export type Examined =
  | { readonly kind: "wait"; readonly open: OpenWait }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly text: string }
  /** The task is over and the letter was left open; its job may not have heard of it. */
  | {
      readonly kind: "ended";
      readonly succeeded: boolean;
      readonly text: string;
      readonly unheard?: UnheardEnd;
    }
  /** Of another connector: nothing is said. */
  | { readonly kind: "foreign" };

// The service's own default, where the letter does not name the job's.
const usualMinutes = 60;

/** Reads what the five rules ask for, and applies them. */
export async function examineLetter(
  connector: Connector,
  repository: ManifestsRepository,
  open: OpenLetter,
): Promise<Examined> {
  const { ado } = connector;
  const { letter, status } = open;
  const environments = environmentsOf(connector, repository);
  const environment = environments.find(({ name }) => name === letter.environment);
  const { organisationUrl, project, build: id } = letter.task;
  const here = normalOrganisationUrl(organisationUrl) === ado.organisationUrl;
  if (!environment || !here) return { kind: "foreign" };
  const build = await getBuild(ado, { project, build: id });
  const repo = repository.ref;
  const [timeline, carrier, attempts, own] = await Promise.all([
    build && getTimeline(ado, { project: build.project.id, build: id }),
    readCarrier(ado, { repo, commit: open.carrier }),
    readAttempts(ado, {
      ...{ repo, started: build, delivery: letter.delivery },
      ...{ environment: letter.environment, build: id },
    }),
    listStatuses(ado, { repo, commit: open.carrier }),
  ]);
  const { commit, trailers } = carrier;
  const counting = await readCountingAttempt(ado, { repo, attempts });
  const countingHead = counting && carrierOf(counting);
  const target = `refs/heads/${repository.config.branch}`;
  const others = await Promise.all(
    [...new Set(attempts.map(carrierOf))]
      .filter((head) => head !== undefined && head !== open.carrier)
      .map(async (head = "") =>
        (await listStatuses(ado, { repo: repository.ref, commit: head })).map((each) => ({
          commit: head,
          status: each,
        })),
      ),
  );
  const verdict = acceptLetter({
    ...{ letter, status, build, timeline },
    runHeads: countingHead === undefined ? [] : [countingHead],
    carrier: {
      commit: open.carrier,
      trailers,
      ...(commit?.push?.pushedBy ? { pushedBy: commit.push.pushedBy } : {}),
      ...(commit?.push?.date ? { pushedAt: commit.push.date } : {}),
    },
    host: connector.host,
    ...(connector.config.azureDevOps.collectionBuildIdentity
      ? { collectionBuildIdentity: connector.config.azureDevOps.collectionBuildIdentity }
      : {}),
    manifestsRepository: { id: repository.id },
    letters: [...own.map((each) => ({ commit: open.carrier, status: each })), ...others.flat()],
    allowed: environments.map(({ name, definitions }) => ({
      environment: name,
      ...(definitions ? { definitions } : {}),
    })),
  });
  if (!verdict.accepted && verdict.refusal === "ended") {
    const record = timeline?.records.find(({ id }) => id.toLowerCase() === letter.task.task);
    const result = record?.result ?? "without a result";
    const { unheard } = verdict;
    return {
      ...{ kind: "ended", succeeded: result === "succeeded", text: `the wait ended ${result}` },
      ...(unheard ? { unheard } : {}),
    };
  }
  if (!verdict.accepted) {
    return { kind: "refused", refusal: verdict.refusal, text: verdict.text };
  }
  const { record, job } = verdict;
  const minutes = letter.timeoutInMinutes ?? usualMinutes;
  const began = Date.parse(job.startTime ?? status.creationDate);
  const { build: accepted } = verdict;
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
        deadline: began + minutes * 60_000 - margin(minutes),
      },
      repository,
      environment,
      timeline: timeline?.id ?? "",
      pullRequest: counting && pullRequestOf(counting, target)?.pullRequestId,
      madeByRun: trailers !== undefined,
      unchanged: carrier.unchanged,
      runName: `${accepted.definition.name} ${accepted.buildNumber}`,
      source: accepted.repository && {
        repository: accepted.repository.id,
        commit: accepted.sourceVersion,
      },
    },
  };
}

// Time to end the wait with a reason before the service ends the job without one.
function margin(minutes: number): number {
  return Math.min(120_000, minutes * 6_000);
}
