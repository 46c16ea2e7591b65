import assert from "node:assert/strict";
import { acceptLetter } from "../../../core/gate/accept-letter.ts";
import type { LetterFacts } from "../../../core/gate/letter-facts.ts";
import {
  build,
  buildService,
  carrier,
  facts,
  host,
  job,
  project,
  runUrl,
  jobId,
  status,
  task,
  taskId,
  trailers,
  withRecords,
} from "./a-letter.ts";

const script = { commit: carrier, trailers: undefined };
const ownSource = {
  carrier: script,
  build: { ...build, sourceVersion: carrier, repository: { id: "manifests", type: "TfsGit" } },
  runHeads: [],
};
const pushed = {
  carrier: {
    ...script,
    pushedBy: buildService(project),
    pushedAt: "2026-11-23T12:00:01Z",
  },
  runHeads: [],
};

const otherId = "55555555-5555-4555-8555-555555555555";

/** On another commit, with another id in the place of one of the task's. */
function anotherLetter(id: string): LetterFacts["letters"][number] {
  const targetUrl = status.targetUrl?.replace(id, otherId) ?? "";
  return { commit: "c".repeat(40), status: { ...status, id: 2, targetUrl } };
}

const rows: readonly (readonly [says: string, change: Partial<LetterFacts>, then: string])[] = [
  ["a letter that fits is accepted", {}, "dev"],
  [
    "1: by a person",
    { status: { ...status, createdBy: { id: "x", displayName: "Dana", descriptor: "aad.x" } } },
    "author",
  ],
  [
    "1: by the build service of another project",
    { status: { ...status, createdBy: buildService(host) } },
    "author",
  ],
  [
    "1: by the configured collection's",
    { status: { ...status, createdBy: buildService("c") }, collectionBuildIdentity: "c" },
    "dev",
  ],
  [
    "1: without a descriptor fails closed",
    { status: { ...status, createdBy: { id: "x", displayName: "?" } } },
    "author",
  ],
  ["2: the build does not exist", { build: undefined }, "build"],
  ["2: a build of another id", { build: { ...build, id: 8 } }, "build"],
  [
    "2: the task is in another job than the letter's",
    withRecords({ ...job, id: otherId }, { ...task, parentId: otherId }),
    "record",
  ],
  ["2: the task's job is not there", withRecords(task), "record"],
  ["2: the build is being cancelled", { build: { ...build, status: "cancelling" } }, "build"],
  ["2: the build has ended", { build: { ...build, status: "completed" } }, "ended"],
  ["2: no such task", withRecords(job), "record"],
  [
    "2: another task's id",
    withRecords(job, { ...task, task: { id: taskId, name: "Other" } }),
    "record",
  ],
  ["2: the task has ended", withRecords(job, { ...task, state: "completed" }), "ended"],
  [
    "2: the task and its job have ended",
    withRecords({ ...job, state: "completed" }, { ...task, state: "completed" }),
    "ended",
  ],
  [
    "2: a task that has ended while its job goes on is looked at by all other rules too",
    {
      ...withRecords(job, { ...task, state: "completed" }),
      carrier: { commit: carrier, trailers: { ...trailers, run: runUrl.replace("7", "8") } },
    },
    "carrier",
  ],
  ["2: the job has not begun", withRecords({ ...job, state: "pending" }, task), "record"],
  [
    "2: the job began after the letter",
    withRecords({ ...job, startTime: "2026-11-23T12:01:00Z" }, task),
    "record",
  ],
  [
    "2: a task without a start time of its own",
    withRecords(job, { ...task, startTime: null }),
    "dev",
  ],
  [
    "3: the trailers name another run",
    { carrier: { commit: carrier, trailers: { ...trailers, run: runUrl.replace("7", "8") } } },
    "carrier",
  ],
  [
    "3: ids are compared, not the address's text",
    {
      carrier: {
        commit: carrier,
        trailers: {
          ...trailers,
          run: `https://fabrikam.visualstudio.com/shop/_build/results?buildId=7&view=results`,
        },
      },
    },
    "dev",
  ],
  [
    "3: the trailers name another environment",
    { carrier: { commit: carrier, trailers: { ...trailers, environment: "prod" } } },
    "carrier",
  ],
  ["3: the run has a branch, and this is not its head", { runHeads: ["c".repeat(40)] }, "carrier"],
  ["3: without trailers, a foreign commit", { carrier: script, runHeads: [] }, "carrier"],
  [
    "3: without trailers, the run's own commit and one environment of its pipeline",
    { ...ownSource, allowed: [{ environment: "dev", definitions: [3] }] },
    "dev",
  ],
  [
    "3: the environment is the configured one, never the letter's",
    { ...ownSource, allowed: [{ environment: "prod", definitions: [3] }] },
    "environment",
  ],
  [
    "3: the one environment that is open to any pipeline, where the others are not",
    {
      ...ownSource,
      allowed: [{ environment: "dev" }, { environment: "prod", definitions: [9] }],
    },
    "dev",
  ],
  [
    "3: two environments that are open to any pipeline",
    { ...ownSource, allowed: [{ environment: "dev" }, { environment: "prod" }] },
    "environment",
  ],
  [
    "3: two environments of its pipeline",
    {
      ...ownSource,
      allowed: [
        { environment: "dev", definitions: [3] },
        { environment: "prod", definitions: [3] },
      ],
    },
    "environment",
  ],
  [
    "3: a push by the build service after the run's start",
    { ...pushed, allowed: [{ environment: "dev", definitions: [3] }] },
    "dev",
  ],
  [
    "3: a push from before the run",
    {
      ...pushed,
      carrier: { ...pushed.carrier, pushedAt: "2026-11-23T11:00:00Z" },
      allowed: [{ environment: "dev", definitions: [3] }],
    },
    "carrier",
  ],
  [
    "3: a push by a person",
    {
      ...pushed,
      carrier: { ...pushed.carrier, pushedBy: { id: "x", displayName: "Dana" } },
      allowed: [{ environment: "dev", definitions: [3] }],
    },
    "carrier",
  ],
  [
    "4: the same letter twice counts once",
    {
      letters: [
        { commit: carrier, status },
        { commit: carrier, status: { ...status, id: 2 } },
      ],
    },
    "dev",
  ],
  [
    "4: the record has a letter on another commit",
    {
      letters: [
        { commit: carrier, status },
        { commit: "c".repeat(40), status: { ...status, id: 2 } },
      ],
    },
    "contradicted",
  ],
  [
    "4: the record has a letter of another name",
    {
      letters: [
        {
          commit: carrier,
          status: { ...status, id: 2, context: { genre: "fluxgate", name: "wait/shop/prod" } },
        },
      ],
    },
    "contradicted",
  ],
  [
    "4: what a person posts claims nothing, so nobody can hold a run up with it",
    {
      letters: [
        { commit: carrier, status },
        {
          commit: "c".repeat(40),
          status: { ...status, id: 2, createdBy: { id: "x", displayName: "Dana" } },
        },
      ],
    },
    "dev",
  ],
  [
    "4: ids are compared, not the address's text",
    {
      letters: [
        {
          commit: "c".repeat(40),
          status: { ...status, id: 2, targetUrl: `${runUrl}&view=results&t=${taskId}&j=${jobId}` },
        },
      ],
    },
    "contradicted",
  ],
  [
    "4: a letter of the job's attempt before this one is over",
    {
      letters: [
        { commit: carrier, status },
        {
          commit: "c".repeat(40),
          status: { ...status, id: 2, creationDate: "2026-11-23T11:59:30Z" },
        },
      ],
    },
    "dev",
  ],
  [
    "4: the same task of another run has its own letter",
    {
      letters: [
        {
          commit: "c".repeat(40),
          status: { ...status, id: 2, targetUrl: status.targetUrl?.replace("=7", "=8") ?? "" },
        },
      ],
    },
    "dev",
  ],
  ["4: another task of the job has its own letter", { letters: [anotherLetter(taskId)] }, "dev"],
  [
    "4: the same task of another job has its own letter",
    { letters: [anotherLetter(jobId)] },
    "dev",
  ],
  ["5: another pipeline", { allowed: [{ environment: "dev", definitions: [9] }] }, "not-allowed"],
  ["5: its pipeline", { allowed: [{ environment: "dev", definitions: [9, 3] }] }, "dev"],
  ["5: no list allows any", { allowed: [{ environment: "dev" }] }, "dev"],
];

describe("acceptLetter(): the rules of 4.4", () => {
  for (const [says, change, then] of rows) {
    it(says, () => {
      const verdict = acceptLetter(facts(change));
      const seen = verdict.accepted ? verdict.environment : verdict.refusal;
      assert.equal(seen, then, verdict.accepted ? "" : verdict.text);
    });
  }
});
