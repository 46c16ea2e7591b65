// Which letters are accepted as waits: the five rules of design.md 4.4. A letter is a doorbell;
// every fact below is read elsewhere, with the connector's own identity.
import type { Letter } from "../run/letter.ts";
import { parseLetter, waitTaskId } from "../run/letter.ts";
import type { CommitTrailers } from "../run/trailers.ts";
import type {
  Build,
  CommitStatus,
  IdentityRef,
  Timeline,
  TimelineRecord,
} from "../azure-devops/types.ts";
import { parseRunUrl, type TaskAddress } from "../azure-devops/urls.ts";
import { isBuildIdentity } from "./build-identity.ts";
import { jobOf } from "./waiting-records.ts";

/** A pipeline that may wait for an environment, from the connector's configuration. */
export type AllowedDefinition = {
  readonly environment: string;
  /** Definition ids; absent: any definition. */
  readonly definitions?: readonly number[];
};

export type LetterFacts = {
  readonly letter: Letter;
  readonly status: CommitStatus;
  /** The commit that the letter is on, and its trailers where it has any. */
  readonly carrier: {
    readonly commit: string;
    readonly trailers: CommitTrailers | undefined;
    readonly pushedBy?: IdentityRef;
    readonly pushedAt?: string;
  };
  /** Build, and its timeline, that the letter names; undefined: there is none. */
  readonly build: Build | undefined;
  readonly timeline: Timeline | undefined;
  /** Id of the organisation's host, and the id of a collection build service where configured. */
  readonly host: string;
  readonly collectionBuildIdentity?: string;
  readonly manifestsRepository: { readonly id: string };
  /** Heads of the branches and pull requests `fluxgate/<delivery>/<environment>/<build>…`. */
  readonly runHeads: readonly string[];
  /** All statuses of all carriers of that run, this one included. */
  readonly letters: readonly { readonly commit: string; readonly status: CommitStatus }[];
  readonly allowed: readonly AllowedDefinition[];
};

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
  if (!isOfBuildService(facts, build, facts.status.createdBy)) {
    const who = facts.status.createdBy?.displayName ?? "nobody";
    return refuse("author", `it is by ${who}, not by the build service of ${build.project.name}`);
  }
  if (build.status === "completed") return refuse("ended", `build ${build.id} has ended`);
  if (build.status !== "inProgress") return refuse("build", `build ${build.id} is ${build.status}`);
  const found = recordOf(facts, timeline);
  if ("refused" in found) return refuse(found.ended ? "ended" : "record", found.refused);
  const environment = environmentOf(facts, build);
  if ("refused" in environment) return refuse(environment.kind, environment.refused);
  const other = contradiction(facts, { build, job: found.job });
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

// Rule 1.
function isOfBuildService(
  { host, collectionBuildIdentity }: LetterFacts,
  build: Build,
  who: IdentityRef | undefined,
): boolean {
  const ids = [build.project.id, ...(collectionBuildIdentity ? [collectionBuildIdentity] : [])];
  return isBuildIdentity(who, { host, ids });
}

// Rule 2.
function recordOf(
  { letter, status }: LetterFacts,
  timeline: Timeline | undefined,
):
  | { readonly record: TimelineRecord; readonly job: TimelineRecord }
  | { readonly refused: string; readonly ended?: true } {
  const record = timeline?.records.find(({ id }) => id.toLowerCase() === letter.task.task);
  if (timeline === undefined || record === undefined) {
    return { refused: `the build has no task ${letter.task.task}` };
  }
  if (record.task?.id.toLowerCase() !== waitTaskId) {
    return { refused: `task ${record.name} is no WaitForFlux` };
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

type Named =
  | { readonly name: string }
  | { readonly refused: string; readonly kind: "carrier" | "environment" };

// Rule 3.
function environmentOf(facts: LetterFacts, build: Build): Named {
  const { carrier, letter, runHeads } = facts;
  if (runHeads.length > 0 && !runHeads.includes(carrier.commit)) {
    const refused = "the run has a branch or pull request of its own, and this is not its head";
    return { kind: "carrier", refused };
  }
  if (carrier.trailers !== undefined) return environmentOfTrailers(facts, build);
  const entries = facts.allowed.filter(({ definitions }) =>
    definitions?.includes(build.definition.id),
  );
  const ownCommit =
    build.repository?.id === facts.manifestsRepository.id && build.sourceVersion === carrier.commit;
  if (!ownCommit && !(entries.length > 0 && isPushOf(facts, build))) {
    return { kind: "carrier", refused: "the commit does not say that it belongs to this run" };
  }
  const known =
    entries.length > 0 ? entries : facts.allowed.filter(({ definitions }) => !definitions);
  const [only] = known;
  if (only === undefined || known.length > 1) {
    const names = known.map(({ environment }) => environment).join(", ");
    const refused = `the configuration does not name one environment of its pipeline (${names})`;
    return { kind: "environment", refused };
  }
  return only.environment === letter.environment
    ? { name: only.environment }
    : { kind: "environment", refused: `its pipeline is configured for ${only.environment}` };
}

function environmentOfTrailers({ carrier, letter }: LetterFacts, build: Build): Named {
  const { run = "", delivery, environment } = carrier.trailers ?? {};
  if (parseRunUrl(run)?.build !== build.id) {
    return { kind: "carrier", refused: `the commit belongs to another run (${run})` };
  }
  if (delivery !== letter.delivery || environment !== letter.environment) {
    const refused = `the commit is for ${delivery}/${environment}`;
    return { kind: "carrier", refused };
  }
  return { name: environment };
}

function isPushOf(facts: LetterFacts, build: Build): boolean {
  const { pushedAt, pushedBy } = facts.carrier;
  const later = Date.parse(pushedAt ?? "") >= Date.parse(build.startTime ?? "");
  return isOfBuildService(facts, build, pushedBy) && later;
}

// Rule 4: a repeated request posts the same again, which counts once. An earlier attempt of the same
// job has the same ids: its letters are older than the job, and are over. What anybody else posts is
// no letter (rule 1), so that it cannot keep a run waiting either.
function contradiction(
  facts: LetterFacts,
  { build, job }: { readonly build: Build; readonly job: TimelineRecord },
): string | undefined {
  const { letters, status, carrier, letter } = facts;
  const began = Date.parse(job.startTime ?? "");
  const other = letters.find(
    ({ commit, status: each }) =>
      each.state === "pending" &&
      isOfBuildService(facts, build, each.createdBy) &&
      !(Date.parse(each.creationDate) < began) &&
      isSameTask(parseLetter(each)?.task, letter.task) &&
      (commit !== carrier.commit || each.context.name !== status.context.name),
  );
  if (other === undefined) return undefined;
  const what = `${other.status.context.name} on ${other.commit.slice(0, 8)}`;
  return `task ${letter.task.task} has another letter: ${what}`;
}

function isSameTask(one: TaskAddress | undefined, { build, job, task }: TaskAddress): boolean {
  return one?.build === build && one.job === job && one.task === task;
}

// Rule 5.
function isAllowed({ allowed }: LetterFacts, build: Build, environment: string): boolean {
  return allowed.some(
    (entry) =>
      entry.environment === environment &&
      (entry.definitions === undefined || entry.definitions.includes(build.definition.id)),
  );
}
