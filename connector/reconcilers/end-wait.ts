// The end of a wait, in the order of design.md 4.4; every step may be done twice.
import { addTag, getTimeline } from "../../clients/azure-devops/builds.ts";
import { completeTask, getPlan, updateRecords } from "../../clients/azure-devops/plans.ts";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import { closingStatus, statusGenre } from "../../core/run/letter.ts";
import type { Build, CommitStatus, TimelineRecord } from "../../core/azure-devops/types.ts";
import { HttpError } from "../../core/errors.ts";
import { fitted } from "../../core/fitted.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import type { OpenWait } from "./open-wait.ts";
import type { WaitLog } from "./wait-log.ts";

export type End = Exclude<GateVerdict, { readonly kind: "waiting" }>;

// No limit is published; longer ones are at risk (research: platform §10.1).
const longestDescription = 250;

const supersededTag = "fluxgate-superseded";

/** Says why, resumes or fails the job, and closes the letter. */
export async function endWait(
  connector: Connector,
  open: OpenWait,
  { end, log }: { readonly end: End; readonly log: WaitLog },
): Promise<void> {
  const { ado, metrics } = connector;
  const { key } = open.wait;
  const succeeded = end.kind === "succeeded";
  const { text } = end;
  await log.say([
    ...end.notes.map((note) => `Note: ${note}`),
    succeeded ? text : `##[error]${text}`,
  ]);
  const plan = { project: key.project, plan: key.plan };
  await updateRecords(ado, {
    ...plan,
    timeline: open.timeline,
    records: [{ id: key.task, currentOperation: fitted(text, 200), percentComplete: 100 }],
  });
  if (end.kind === "superseded") {
    await addTag(ado, { project: key.project, build: key.build, tag: supersededTag });
  }
  if ((await getPlan(ado, plan)) !== undefined && (await endOf(connector, open)) === undefined) {
    // Before the task: whoever stops between the two comes here again.
    await markSource(connector, open, { succeeded, text });
    await completeTask(ado, {
      ...{ ...plan, job: key.job, task: key.task },
      result: succeeded ? "succeeded" : "failed",
    });
    metrics.ended.inc({ result: end.kind });
    connector.log.info({ wait: key, result: end.kind }, text);
  }
  await closeLetter(connector, letterOf(open), { succeeded, text });
}

/** A task that has a result, and a job that goes on as if it had none. */
export type UnheardEnd = {
  readonly build: Build;
  readonly record: TimelineRecord;
  readonly job: TimelineRecord;
};

/**
 * Says the end of such a task again, with the result that its record has. What goes on for another
 * reason does not mind.
 */
export async function endAgain(
  { ado, log }: Connector,
  { build, record, job }: UnheardEnd,
): Promise<void> {
  const result = results[record.result ?? ""];
  const plan = { project: build.project.id, plan: planOf(build) };
  if (result === undefined || (await getPlan(ado, plan)) === undefined) return;
  try {
    await completeTask(ado, { ...plan, job: job.id, task: record.id, result });
    log.info({ build: build.id, task: record.id, result }, "The task's end was said again");
  } catch (error) {
    const finished = error instanceof HttpError && [400, 404, 409, 500].includes(error.status);
    if (!finished) throw error;
    log.debug({ err: error, build: build.id, task: record.id }, "The job has ended meanwhile");
  }
}

// Cancelled, skipped and abandoned tasks were ended by the service itself.
const results: Readonly<Record<string, "succeeded" | "failed">> = {
  succeeded: "succeeded",
  succeededWithIssues: "succeeded",
  failed: "failed",
};

/** Id of the build's orchestration plan; empty for a build without one. */
export function planOf({ orchestrationPlan, plans }: Build): string {
  return orchestrationPlan?.planId ?? plans?.[0]?.planId ?? "";
}

/** A letter on its carrier. */
export type Posted = {
  readonly repository: ManifestsRepository;
  readonly carrier: string;
  readonly letter: CommitStatus;
};

export async function closeLetter(
  { ado }: Connector,
  { repository, carrier, letter }: Posted,
  { succeeded, text }: { readonly succeeded: boolean; readonly text: string },
): Promise<void> {
  await postStatus(ado, {
    repo: repository.ref,
    commit: carrier,
    status: closingStatus(letter, {
      state: succeeded ? "succeeded" : "failed",
      description: fitted(text, longestDescription),
    }),
  });
}

export function letterOf({ repository, wait }: OpenWait): Posted {
  return { repository, carrier: wait.carrier, letter: wait.letter };
}

/**
 * How the task has ended: a result, `without a result`, or undefined while it is still to be
 * completed. Read anew: somebody may have cancelled the run.
 */
export async function endOf({ ado }: Connector, { wait }: OpenWait): Promise<string | undefined> {
  const { project, build, task } = wait.key;
  const timeline = await getTimeline(ado, { project, build });
  const record = timeline?.records.find(({ id }) => id.toLowerCase() === task.toLowerCase());
  if (record !== undefined && record.state !== "completed") return undefined;
  return record?.result ?? "without a result";
}

// The code commit gets its status too; the build's repository and commit are the service's word.
async function markSource(
  connector: Connector,
  { wait, source }: OpenWait,
  { succeeded, text }: { readonly succeeded: boolean; readonly text: string },
): Promise<void> {
  if (!source || source.repository === wait.repository) return;
  try {
    await postStatus(connector.ado, {
      repo: { project: wait.key.project, repository: source.repository },
      commit: source.commit,
      status: {
        state: succeeded ? "succeeded" : "failed",
        description: fitted(text, longestDescription),
        context: { genre: statusGenre, name: `deployed/${wait.environment}` },
        ...(wait.letter.targetUrl === undefined ? {} : { targetUrl: wait.letter.targetUrl }),
      },
    });
  } catch (error) {
    // The code repository may be closed to the connector; the wait has ended all the same.
    connector.log.warn({ err: error, wait: wait.key }, "The code commit got no status");
  }
}
