// The boundary of letters: each row is right but for one thing, or odd in one thing that is allowed.
import assert from "node:assert/strict";
import type { LetterFacts } from "../../../core/gate/letter-facts.ts";
import { acceptLetter } from "../../../core/gate/accept-letter.ts";
import { buildScopeOf, isBuildIdentity } from "../../../core/gate/build-identity.ts";
import { build, buildService, carrier, facts, host, job, project } from "./a-letter.ts";
import { runUrl, status, task, taskId, trailers, withRecords } from "./a-letter.ts";

const verdictOf = (change: Partial<LetterFacts>) => {
  const verdict = acceptLetter(facts(change));
  return verdict.accepted ? verdict.environment : `${verdict.refusal}: ${verdict.text}`;
};
const own = {
  build: { ...build, sourceVersion: carrier, repository: { id: "manifests", type: "TfsGit" } },
  runHeads: [],
};
const script = { commit: carrier, trailers: undefined };
const pushed = { ...script, pushedBy: buildService(project), pushedAt: "2026-11-23T12:00:01Z" };
const listed = [{ environment: "dev", definitions: [3] }];
const notOfRun = "carrier: the commit does not say that it belongs to this run";
const otherRun = { ...trailers, run: runUrl.replace("7", "8") };
const onBranch = (sourceBranch: string) => ({ ...own, build: { ...own.build, sourceBranch } });

const rows: readonly (readonly [says: string, change: Partial<LetterFacts>, then: string])[] = [
  [
    "a job that began in the very second of the letter",
    withRecords({ ...job, startTime: status.creationDate }, task),
    "dev",
  ],
  [
    "a task id in capital letters is the same",
    withRecords(job, {
      ...task,
      id: taskId.toUpperCase(),
      task: { id: task.task?.id.toUpperCase() ?? "", name: "W" },
    }),
    "dev",
  ],
  [
    "a job without a start is not older than anything",
    withRecords({ ...job, startTime: null }, task),
    "record: it is older than job wait",
  ],
  ["no timeline", { timeline: undefined }, `record: the build has no task ${taskId}`],
  [
    "no author",
    { status: { ...status, createdBy: undefined } as never },
    "author: it is by nobody, not by a build service",
  ],
  [
    "the project by the author's id in capitals",
    { status: { ...status, createdBy: buildService(project.toUpperCase()) } },
    "dev",
  ],
  // Rule 3, by trailers.
  [
    "trailers of another run",
    { carrier: { commit: carrier, trailers: otherRun } },
    `carrier: the commit belongs to another run (${otherRun.run})`,
  ],
  [
    "trailers without a run",
    { carrier: { commit: carrier, trailers: { ...trailers, run: "" } } },
    "carrier: the commit belongs to another run ()",
  ],
  [
    "trailers of another delivery",
    { carrier: { commit: carrier, trailers: { ...trailers, delivery: "web" } } },
    "carrier: the commit is for web/dev",
  ],
  [
    "trailers of another environment",
    { carrier: { commit: carrier, trailers: { ...trailers, environment: "prod" } } },
    "carrier: the commit is for shop/prod",
  ],
  [
    "a run with another head",
    { runHeads: ["c".repeat(40)] },
    "carrier: the run has a branch or pull request of its own, and this is not its head",
  ],
  ["a run with several heads, one of them this", { runHeads: ["c".repeat(40), carrier] }, "dev"],
  // Rule 3, without.
  [
    "its own commit, without any entry",
    { ...own, carrier: script, allowed: [{ environment: "dev" }] },
    "dev",
  ],
  [
    "its own commit, where the configuration names two",
    { ...own, carrier: script },
    "environment: the configuration does not name one environment of its pipeline (dev, prod)",
  ],
  [
    "its own commit, for another environment than the configured one",
    {
      ...own,
      carrier: script,
      allowed: [{ environment: "prod", definitions: [3] }, { environment: "dev" }],
    },
    "environment: its pipeline is configured for prod",
  ],
  [
    "the same commit of another repository",
    {
      ...own,
      build: { ...own.build, repository: { id: "code", type: "TfsGit" } },
      carrier: script,
      allowed: [{ environment: "dev" }],
    },
    notOfRun,
  ],
  [
    "another commit of the manifests repository",
    {
      ...own,
      build: { ...own.build, sourceVersion: "c".repeat(40) },
      carrier: script,
      allowed: [{ environment: "dev" }],
    },
    notOfRun,
  ],
  [
    "a build without a repository",
    {
      ...own,
      build: { ...build, repository: undefined } as never,
      carrier: script,
      allowed: [{ environment: "dev" }],
    },
    notOfRun,
  ],
  ["a push of the run, listed", { carrier: pushed, runHeads: [], allowed: listed }, "dev"],
  [
    "a push of the run, not listed",
    { carrier: pushed, runHeads: [], allowed: [{ environment: "dev" }] },
    notOfRun,
  ],
  [
    "a push of another pipeline",
    { carrier: pushed, runHeads: [], allowed: [{ environment: "dev", definitions: [4] }] },
    notOfRun,
  ],
  [
    "a push listed among several pipelines",
    { carrier: pushed, runHeads: [], allowed: [{ environment: "dev", definitions: [4, 3] }] },
    "dev",
  ],
  [
    "a push at the very start of the build",
    { carrier: { ...pushed, pushedAt: build.startTime ?? "" }, runHeads: [], allowed: listed },
    "dev",
  ],
  [
    "a push before the build",
    { carrier: { ...pushed, pushedAt: "2026-11-23T11:58:59Z" }, runHeads: [], allowed: listed },
    notOfRun,
  ],
  [
    "a push at nobody knows when",
    { carrier: { ...script, pushedBy: buildService(project) }, runHeads: [], allowed: listed },
    notOfRun,
  ],
  [
    "a push of a person",
    {
      carrier: { ...pushed, pushedBy: { id: "x", displayName: "Dana", descriptor: "aad.x" } },
      runHeads: [],
      allowed: listed,
    },
    notOfRun,
  ],
  [
    "a push of nobody",
    { carrier: { ...script, pushedAt: pushed.pushedAt }, runHeads: [], allowed: listed },
    notOfRun,
  ],
  [
    "a push of another project's build service",
    { carrier: { ...pushed, pushedBy: buildService(host) }, runHeads: [], allowed: listed },
    notOfRun,
  ],
  [
    "a push of the collection's build service",
    {
      carrier: { ...pushed, pushedBy: buildService("c") },
      collectionBuildIdentity: "c",
      runHeads: [],
      allowed: listed,
    },
    "dev",
  ],
  // A pipeline that starts at the merge stands on what another run made.
  [
    "after the merge, on what another run made",
    {
      ...onBranch("refs/heads/main"),
      carrier: { commit: carrier, trailers: otherRun },
      allowed: listed,
    },
    "dev",
  ],
  [
    "on another branch than the target, on what another run made",
    {
      ...onBranch("refs/heads/other"),
      carrier: { commit: carrier, trailers: otherRun },
      allowed: listed,
    },
    `carrier: the commit belongs to another run (${otherRun.run})`,
  ],
  [
    "after the merge, on what it made itself",
    {
      ...onBranch("refs/heads/main"),
      carrier: { commit: carrier, trailers: { ...trailers, environment: "prod" } },
      allowed: listed,
    },
    "carrier: the commit is for shop/prod",
  ],
  [
    "of another repository, on what another run made",
    {
      build: { ...build, sourceVersion: carrier },
      runHeads: [],
      carrier: { commit: carrier, trailers: otherRun },
      allowed: listed,
    },
    `carrier: the commit belongs to another run (${otherRun.run})`,
  ],
  // Rule 5.
  [
    "a pipeline that may not wait there",
    { allowed: [{ environment: "dev", definitions: [4] }] },
    "not-allowed: pipeline shop-cd (3) may not wait for dev",
  ],
  ["one of several that may", { allowed: [{ environment: "dev", definitions: [4, 3] }] }, "dev"],
  [
    "one that may wait elsewhere only",
    { allowed: [{ environment: "prod" }] },
    "not-allowed: pipeline shop-cd (3) may not wait for dev",
  ],
];

describe("the boundary of letters", () => {
  for (const [says, change, then] of rows) {
    it(`${says}: ${then.slice(0, 60)}`, () => assert.equal(verdictOf(change), then));
  }

  it("counts an earlier attempt's letter of the same job as over, and a later one as another", () => {
    const other = (creationDate: string) => ({
      letters: [{ commit: "c".repeat(40), status: { ...status, id: 2, creationDate } }],
    });
    assert.equal(verdictOf(other("2026-11-23T11:59:59Z")), "dev");
    assert.match(
      verdictOf(other(job.startTime ?? "")),
      /^contradicted: task .* has another letter: wait\/shop\/dev on cccccccc$/,
    );
    const closed = { ...status, id: 2, state: "succeeded" } as const;
    assert.equal(verdictOf({ letters: [{ commit: "c".repeat(40), status: closed }] }), "dev");
    const renamed = { ...status, id: 2, context: { genre: "fluxgate", name: "wait/web/dev" } };
    assert.match(
      verdictOf({ letters: [{ commit: carrier, status: renamed }] }),
      /^contradicted: .* wait\/web\/dev on aaaaaaaa$/,
    );
  });
});

describe("a build service by its descriptor", () => {
  const of = (text: string, prefix = "svc.") => ({
    ...{ id: "i", displayName: "x" },
    descriptor: `${prefix}${Buffer.from(text).toString("base64url")}`,
  });

  it("is one of this host, whole and without more behind it", () => {
    assert.equal(buildScopeOf(of(`${host}:Build:p`), host), "p");
    // In base64 as addresses write it these hold `-` and `_`.
    for (const id of ["???", "a??b", ">>>", "a>>b", "~~~"]) {
      assert.equal(buildScopeOf(of(`${host}:Build:${id}`), host), id);
    }
    assert.equal(buildScopeOf(of(`${host.toUpperCase()}:BUILD:P`), host.toUpperCase()), "p");
    for (const identity of [
      undefined,
      of(`${host}:Build:`),
      of(`${host}:Build`),
      of(`:Build:p`),
      of(`${host}:Build:p`, "xsvc."),
      { ...of(""), descriptor: `${of(`${host}:Build:p`).descriptor}!` },
      { ...of(""), descriptor: "svc.a" },
    ]) {
      assert.equal(buildScopeOf(identity, host), undefined, identity?.descriptor);
    }
    assert.equal(buildScopeOf(of(":Build:p"), ""), undefined, "no host, no identity");
  });

  it("is one of those that are named, whatever their case", () => {
    const identity = of(`${host}:Build:p`);
    assert.ok(isBuildIdentity(identity, { host, ids: ["q", "P"] }));
    assert.ok(!isBuildIdentity(identity, { host, ids: ["q"] }));
    assert.ok(!isBuildIdentity(identity, { host, ids: [] }));
    assert.ok(!isBuildIdentity(undefined, { host, ids: ["p"] }));
  });
});
