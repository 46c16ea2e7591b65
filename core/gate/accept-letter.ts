// Which letters are accepted as waits: the five rules of design.md 4.4. A letter is a doorbell;
// every fact below is read elsewhere, with the connector's own identity.
import type { Letter } from "../run/letter.ts";
import { invokeRestApiTaskId, parseLetter, waitTaskId } from "../run/letter.ts";
import type { Build, CommitStatus, Timeline, TimelineRecord } from "../azure-devops/types.ts";
import type { TaskAddress } from "../azure-devops/urls.ts";
import { entryProblem, judgeAuthor } from "./letter-author.ts";
import { letterEnvironment } from "./letter-environment.ts";
import type { LetterFacts } from "./letter-facts.ts";
import { matchesPipeline } from "./pipeline-match.ts";
import { jobOf, type WaitingRecord } from "./waiting-records.ts";

/** `ended`: it was a wait, and its task is over; only the letter is still open. */
export type Refusal =
  | "ended"
  | "author"
  | "build"
  | "record"
  | "carrier"
  | "contradicted"
  | "not-allowed"
  | "environment";

export type LetterVerdict =
  | {
      readonly accepted: true;
      readonly build: Build;
      readonly record: TimelineRecord;
      readonly job: TimelineRecord;
      /** Rule 3 says it, the letter does not. */
      readonly environment: string;
    }
  | {
      readonly accepted: false;
      readonly refusal: Refusal;
      readonly text: string;
      /** Of an ended task that all rules accept: its job is still in progress. */
      readonly unheard?: {
        readonly build: Build;
        readonly record: TimelineRecord;
        readonly job: TimelineRecord;
      };
    };

/** Fails closed: what is not known refuses. */
export function acceptLetter(facts: LetterFacts): LetterVerdict {
  const { letter, build, timeline } = facts;
  if (build === undefined || build.id !== letter.task.build) {
    return refuse("build", `there is no build ${letter.task.build}`);
  }
  const author = authorProblem(facts, build, { status: facts.status, letter });
  if (author !== undefined) return refuse("author", author);
  if (build.status === "completed") return refuse("ended", `build ${build.id} has ended`);
  if (build.status !== "inProgress") return refuse("build", `build ${build.id} is ${build.status}`);
  const found = recordOf(facts, timeline);
  if ("refused" in found) return refuse(found.ended ? "ended" : "record", found.refused);
  const environment = letterEnvironment(facts, build);
  if ("refused" in environment) return refuse(environment.kind, environment.refused);
  const other = contradiction(facts, { build, ...found });
  if (other !== undefined) return refuse("contradicted", other);
  if (!isAllowed(facts, build, environment.name)) {
    const what = `pipeline ${build.definition.name} (${build.definition.id})`;
    return refuse("not-allowed", `${what} may not wait for ${environment.name}`);
  }
  const { record, job } = found;
  if (record.state !== "completed") {
    return { accepted: true, build, record, job, environment: environment.name };
  }
  const text = `task ${record.name} has ended already`;
  return { accepted: false, refusal: "ended", text, unheard: { build, record, job } };
}

function refuse(refusal: Refusal, text: string): LetterVerdict {
  return { accepted: false, refusal, text };
}

type Posted = { readonly status: CommitStatus; readonly letter: Letter };

// Rule 1.
function authorProblem(
  facts: LetterFacts,
  build: Build,
  { status, letter }: Posted,
): string | undefined {
  const author = judgeAuthor(status.createdBy, letter, facts);
  if (!author.known) return author.text;
  const who = status.createdBy?.displayName ?? "nobody";
  if (author.entries) return entryProblem(author.entries, build, who);
  const { id, name } = build.project;
  const here = [id, name].some((one) => one.toLowerCase() === author.project.toLowerCase());
  return here ? undefined : `it is by ${who}, not by the build service of ${name}`;
}

// Rule 2.
function recordOf(
  facts: LetterFacts,
  timeline: Timeline | undefined,
):
  | { readonly record: TimelineRecord; readonly job: TimelineRecord }
  | { readonly refused: string; readonly ended?: true } {
  const { letter, status } = facts;
  const record = timeline?.records.find(({ id }) => id.toLowerCase() === letter.task.task);
  if (timeline === undefined || record === undefined) {
    return { refused: `the build has no task ${letter.task.task}` };
  }
  if (!speaksFor(facts, { status, letter }, record)) {
    const who = status.createdBy?.displayName ?? "nobody";
    return { refused: `task ${record.name} is no task that waits by letters of ${who}` };
  }
  const job = jobOf(timeline, record);
  if (record.state === "completed" && job?.state !== "inProgress") {
    return { refused: `task ${record.name} has ended already`, ended: true };
  }
  if (job === undefined || job.id.toLowerCase() !== letter.task.job) {
    return { refused: "the task is not in the job that it names" };
  }
  if (job.state !== "inProgress") return { refused: `job ${job.name} is ${job.state}` };
  const began = Date.parse(job.startTime ?? "");
  if (!(began <= Date.parse(status.creationDate))) {
    return { refused: `it is older than job ${job.name}` };
  }
  return { record, job };
}

// Each way has a task and an author of its own: WaitForFlux posts as the build service, InvokeRESTAPI
// as its service connection. Neither speaks for the other's task.
function speaksFor(
  facts: LetterFacts,
  { status, letter }: Posted,
  { task }: TimelineRecord,
): boolean {
  const author = judgeAuthor(status.createdBy, letter, facts);
  const listed = author.known && author.entries !== undefined;
  const own = [waitTaskId, ...(facts.waitTaskIds ?? []).map((id) => id.toLowerCase())];
  return (listed ? [invokeRestApiTaskId] : own).includes(task?.id.toLowerCase() ?? "");
}

// Rule 4: a repeated request posts the same again, which counts once. An earlier attempt of the same
// job has the same ids: its letters are older than the job, and are over. What anybody else posts is
// no letter (rule 1), so that it cannot keep a run waiting either.
function contradiction(
  facts: LetterFacts,
  { build, job, record }: { readonly build: Build } & WaitingRecord,
): string | undefined {
  const { letters, status, carrier, letter } = facts;
  const began = Date.parse(job.startTime ?? "");
  const other = letters.find(({ commit, status: each }) => {
    const parsed = each.state === "pending" ? parseLetter(each) : undefined;
    return (
      parsed !== undefined &&
      isSameTask(parsed.task, letter.task) &&
      (commit !== carrier.commit || each.context.name !== status.context.name) &&
      !(Date.parse(each.creationDate) < began) &&
      authorProblem(facts, build, { status: each, letter: parsed }) === undefined &&
      speaksFor(facts, { status: each, letter: parsed }, record)
    );
  });
  if (other === undefined) return undefined;
  const what = `${other.status.context.name} on ${other.commit.slice(0, 8)}`;
  return `task ${letter.task.task} has another letter: ${what}`;
}

function isSameTask(one: TaskAddress, { build, job, task }: TaskAddress): boolean {
  return one.build === build && one.job === job && one.task === task;
}

// Rule 5.
function isAllowed({ allowed }: LetterFacts, build: Build, environment: string): boolean {
  return allowed.some(
    (entry) =>
      entry.environment === environment &&
      (entry.definitions?.some((one) => matchesPipeline(one, build)) ?? true),
  );
}
