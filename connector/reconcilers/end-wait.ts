// The end of a wait, in the order of design.md 4.4; every step may be done twice.
import { addTag, cancelBuild } from "../../clients/azure-devops/builds.ts";
import { completeTask, getPlan } from "../../clients/azure-devops/plans.ts";
import { postStatus } from "../../clients/azure-devops/statuses.ts";
import { closingStatus } from "../../core/run/letter.ts";
import type { Build, CommitStatus, TimelineRecord } from "../../core/azure-devops/types.ts";
import { HttpError } from "../../core/errors.ts";
import { fitted } from "../../core/fitted.ts";
import type { GateVerdict } from "../../core/gate/verdict.ts";
import type { Connector } from "../connector.ts";
import type { ManifestsRepository } from "../manifests-repository.ts";
import { longestDescription, postDeployed, type Deployed } from "./deployed-status.ts";
import type { OpenWait } from "./open-wait.ts";
import { readTask, readWhetherPlanIsOver, readSaidOfLetter } from "./read-end.ts";
import { retainRun } from "./retain-run.ts";
import type { WaitLog } from "./wait-log.ts";

export type End = Exclude<GateVerdict, { readonly kind: "waiting" }>;

/** What of the connector ending a wait needs. */
export type EndRoom = Pick<
  Connector,
  "ado" | "began" | "config" | "log" | "me" | "former" | "metrics"
>;
type Room = EndRoom;

const supersededTag = "fluxgate-superseded";

export type Ending = {
  readonly end: End;
  /** Lines that the log does not have yet. */
  readonly progress: readonly string[];
  readonly log: WaitLog;
  /** What was done already where an earlier try did not get to its end: it is not done again. */
  readonly done: Set<string>;
};

/** Says why, resumes or fails the job, and closes the letter. */
export async function endWait(
  room: Room,
  open: OpenWait,
  { end, progress, log, done }: Ending,
): Promise<void> {
  const { ado, metrics } = room;
  const { key } = open.wait;
  const { text } = end;
  const succeeded = end.kind === "succeeded";
  const said = await readSaidOfLetter(room, open);
  if (said !== undefined && (said === "succeeded") !== succeeded) {
    room.log.warn({ wait: key }, `Its letter says ${said} already, which is said again: ${text}`);
    for (const step of ["source", "letter"]) done.add(`${step}: ${text}`);
    return completeWait(room, open, { result: said, goesOn: false });
  }
  const once = onceIn(done, text);
  await once("log", () =>
    log.end([
      ...progress.filter((line) => line !== text),
      ...end.notes.map((note) => `Note: ${note}`),
      succeeded ? text : `##[error]${text}`,
    ]),
  );
  if (end.kind === "superseded") {
    const tag = supersededTag;
    await once("tag", () => addTag(ado, { project: key.project, build: key.build, tag }));
  }
  const task = await readTask(room, open);
  if (task.end === undefined) {
    // Before the task: whoever stops between the two comes here again. What cannot be posted now
    // does not hold the run.
    await once("source", () => markSource(room, open, end)).catch((error: unknown) =>
      room.log.warn({ err: error, wait: key }, "The code commit gets its status later"),
    );
    if (succeeded) await once("lease", () => retainRun(room, open));
    await endTask(room, open, { end, goesOn: task.goesOn });
    metrics.ended.inc({ result: end.kind });
    room.log.info({ wait: key, result: end.kind }, text);
  }
  await leaveTraces(room, open, { end, done });
}

/** What is said of an end beside the task itself; once. */
export async function leaveTraces(
  room: Room,
  open: OpenWait,
  { end, done }: Pick<Ending, "end" | "done">,
): Promise<void> {
  const once = onceIn(done, end.text);
  await once("source", () => markSource(room, open, end));
  const succeeded = end.kind === "succeeded";
  await once("letter", () => closeLetter(room, letterOf(open), { succeeded, text: end.text }));
}

function onceIn(done: Set<string>, text: string) {
  return async (step: string, act: () => Promise<void>): Promise<void> => {
    const name = `${step}: ${text}`;
    if (done.has(name)) return;
    await act();
    done.add(name);
  };
}

async function endTask(
  room: Room,
  open: OpenWait,
  { end, goesOn }: { readonly end: End; readonly goesOn: boolean },
): Promise<void> {
  const { ado, config, log } = room;
  const { key } = open.wait;
  if (config.superseded === "cancel" && isNoFailure(end)) {
    try {
      return await cancelBuild(ado, { project: key.project, build: key.build });
    } catch (error) {
      const refused = error instanceof HttpError && [401, 403].includes(error.status);
      if (!refused) throw error;
      const hint = "It fails instead: grant Stop builds, or set superseded: fail";
      log.warn(
        { err: error, wait: key },
        `Failed to cancel run ${key.build}: not allowed. ${hint}`,
      );
    }
  }
  const result = end.kind === "succeeded" ? "succeeded" : "failed";
  await completeWait(room, open, { result, goesOn });
}

// A plan that is over takes no events. One odd word of that ends nothing: while the task is seen
// waiting it comes here again.
async function completeWait(
  room: Room,
  open: OpenWait,
  {
    result,
    goesOn,
  }: {
    readonly result: "succeeded" | "failed";
    /** The plan's own timeline said just now that the job is in progress. */
    readonly goesOn: boolean;
  },
): Promise<void> {
  const { project, plan, job, task } = open.wait.key;
  if (!goesOn && (await readWhetherPlanIsOver(room, open))) {
    room.log.info({ wait: open.wait.key }, "The run is over: its task is not completed");
    return;
  }
  await completeTask(room.ado, { project, plan, job, task, result });
}

// Nothing is broken where somebody decided otherwise, or nobody decided in time.
function isNoFailure(end: End): boolean {
  if (end.kind === "superseded") return true;
  return end.kind === "failed" && (end.failure === "abandoned" || end.failure === "expired");
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
  { ado, log }: Pick<Room, "ado" | "log">,
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
  { ado }: Pick<Room, "ado">,
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

// The code commit gets its status too; the build's repository and commit are the service's word.
async function markSource(room: Room, open: OpenWait, end: End): Promise<void> {
  const deployed = deployedBy(open);
  if (deployed === undefined) return;
  const state =
    end.kind === "succeeded" ? "succeeded" : isNoFailure(end) ? "notApplicable" : "failed";
  await postDeployed(room, deployed, { state, text: end.text });
}

/** What a wait says of its code commit; nothing where that is the manifests repository's own. */
export function deployedBy({ wait, source }: OpenWait): Deployed | undefined {
  if (!source || source.repository === wait.repository) return undefined;
  const { key, environment, letter } = wait;
  return { project: key.project, source, environment, targetUrl: letter.targetUrl };
}
