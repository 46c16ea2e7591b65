// What a run does after its wait: the post-deployment tests. They are the other jobs of the wait's
// stage that began once it had ended; which job depends on which no timeline tells.
import type { Timeline, TimelineRecord } from "../azure-devops/types.ts";
import { jobOf } from "./waiting-records.ts";

export type AfterWait =
  /** The wait has not succeeded, or is not there: nothing follows from this timeline. */
  | { readonly kind: "no-wait" }
  | { readonly kind: "nothing" }
  | { readonly kind: "running" }
  | { readonly kind: "passed"; readonly again: boolean }
  | { readonly kind: "failed"; readonly text: string };

export type AfterWaitQuestion = {
  /** Id of the waiting task. */
  readonly task: string;
  /** Somebody cancelled the run: what was stopped by that has not failed. */
  readonly cancelled: boolean;
};

/** How the jobs after a wait have ended; one that failed counts while others still run. */
export function judgeAfterWait(
  timeline: Timeline,
  { task, cancelled }: AfterWaitQuestion,
): AfterWait {
  const record = timeline.records.find(({ id }) => id.toLowerCase() === task.toLowerCase());
  if (record?.state !== "completed" || !isGood(record)) return { kind: "no-wait" };
  const parents = new Map(timeline.records.map((one) => [one.id, one] as const));
  const own = jobOf(timeline, record);
  const stage = stageOf(parents, record);
  const ended = Date.parse(record.finishTime ?? own?.finishTime ?? "");
  if (own === undefined || stage === undefined || Number.isNaN(ended)) return { kind: "no-wait" };
  const jobs = timeline.records.filter(
    (one) =>
      one.type === "Job" &&
      one.id !== own.id &&
      Date.parse(one.startTime ?? "") >= ended &&
      stageOf(parents, one) === stage,
  );
  const failed = jobs.find((one) => one.state === "completed" && !isGood(one, cancelled));
  if (failed) return { kind: "failed", text: failureText(timeline, failed) };
  if (jobs.some(({ state }) => state !== "completed")) return { kind: "running" };
  if (jobs.length === 0) return { kind: "nothing" };
  return { kind: "passed", again: jobs.some(({ attempt = 1 }) => attempt > 1) };
}

// A job that ran out of time is `canceled` too.
function isGood({ result }: TimelineRecord, cancelled = false): boolean {
  if (result === "succeeded" || result === "succeededWithIssues" || result === "skipped")
    return true;
  return cancelled && result !== "failed";
}

// As deep as timelines are; one that leads in circles ends here.
const deepest = 6;

function stageOf(
  parents: ReadonlyMap<string, TimelineRecord>,
  record: TimelineRecord,
): string | undefined {
  let at: TimelineRecord | undefined = record;
  for (let depth = 0; at !== undefined && depth < deepest; depth += 1) {
    if (at.type === "Stage") return at.id;
    at = parents.get(at.parentId ?? "");
  }
  return undefined;
}

function failureText({ records }: Timeline, job: TimelineRecord): string {
  const steps = records.filter(({ parentId, type }) => parentId === job.id && type === "Task");
  const step = steps.find(({ result }) => result === "failed");
  const cause = [step, job].flatMap(
    (one) => one?.issues?.find(({ type }) => type === "error")?.message ?? [],
  )[0];
  const where = step === undefined ? "" : `, step ${step.name}`;
  const what = job.result === "failed" ? "failed" : `ended ${job.result ?? "without a result"}`;
  const why = cause === undefined ? "" : `: ${cause}`;
  return `Deployed and healthy, but job ${job.name} ${what} after it${where}${why}`;
}
