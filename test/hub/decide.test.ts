import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { listComments } from "../../clients/azure-devops/pull-request-threads.ts";
import { eventually } from "../support/eventually.ts";
import { approve, complete, publish, reject } from "../../hub/data/decide.ts";
import { loadChanges } from "../../hub/data/load-changes.ts";
import { loadPullRequest } from "../../hub/data/load-pull-request.ts";
import { TerminalError } from "../../core/errors.ts";
import { runBranchName } from "../../core/run/branch.ts";
import { type HubWorld, startHubWorld } from "../e2e/hub-world.ts";
import { clientOf } from "../support/sandbox.ts";

const digest = `1-${"0".repeat(32)}`;
const voteFor = (source: string) => ({ digest, source, before: source, after: source });

describe("deciding on a pull request", function () {
  this.timeout(60_000);
  let world: HubWorld;
  beforeEach(async () => {
    world = await startHubWorld();
  });
  afterEach(async () => {
    assert.deepEqual(world.sandbox.unhandled(), []);
    await world.stop();
  });

  async function anOpenOne({ isDraft = false } = {}) {
    const { id, build, commit } = await world.openRun({
      ...{ environment: "dev", isDraft },
      writes: { "dev/a.yaml": "" },
    });
    const ado = clientOf(world.sandbox, "approver");
    const { repo } = world;
    const extension = { publisher: "fluxgate", name: "fluxgate" };
    const look = () => loadPullRequest(ado, { repo, id, extension });
    return {
      ado,
      of: { repo, id, me: (await look()).me ?? assert.fail("nobody") },
      seen: commit,
      branch: runBranchName({ delivery: "shop", environment: "dev", build, attempt: 1 }),
      look,
    };
  }

  it("refuses another version than the one that was seen", async () => {
    const { ado, of, look } = await anOpenOne();
    const seen = await world.headOfMain();
    const moved = (error: unknown) =>
      error instanceof TerminalError && error.code === "pull-request-moved";
    await assert.rejects(approve(ado, { ...of, seen: voteFor(seen) }), moved);
    await assert.rejects(complete(ado, { ...of, seen }), moved);
    const { pullRequest } = await look();
    assert.equal(pullRequest.status, "active");
    assert.deepEqual(pullRequest.reviewers, []);
  });

  it("records with the vote what was on the screen, when, and by whom", async () => {
    const { ado, of, seen, look } = await anOpenOne();
    const before = Date.now();
    await approve(ado, { ...of, seen: voteFor(seen) });
    const { pullRequest, voteRecords } = await look();
    assert.deepEqual(
      pullRequest.reviewers?.map(({ id, vote }) => [id, vote]),
      [[of.me.id, 10]],
    );
    const { at, ...record } = voteRecords?.get(of.me.id.toLowerCase()) ?? assert.fail("no record");
    assert.deepEqual(record, voteFor(seen));
    assert.ok(Math.abs(Date.parse(at) - before) < 60_000, at);
  });

  it("is over with the first who decides; the second is told", async () => {
    const { ado, of, seen } = await anOpenOne();
    await reject(ado, { ...of, reason: "no" });
    const ended = { code: "pull-request-ended", message: /it is abandoned already/ };
    await assert.rejects(complete(ado, { ...of, seen }), ended);
    await assert.rejects(approve(ado, { ...of, seen: voteFor(seen) }), ended);
  });

  it("writes no reason of a rejection beside one that was completed meanwhile", async () => {
    const { ado, of, seen, look } = await anOpenOne();
    await complete(ado, { ...of, seen });
    await assert.rejects(reject(ado, { ...of, reason: "no" }), { code: "pull-request-ended" });
    const comments = await listComments(ado, of);
    assert.deepEqual(
      comments.filter(({ text }) => /Rejected/.test(text)),
      [],
    );
    const { pullRequest, rejection } = await look();
    assert.deepEqual([pullRequest.status, rejection], ["completed", undefined]);
  });

  it("does not complete what would merge onto another target than the one that was seen", async () => {
    const { ado, of, seen, look } = await anOpenOne();
    const { comparison } = await look();
    const target = comparison?.before;
    await world.push({ branch: "main", message: "Another", writes: { "other.yaml": "" } });
    await eventually("the merge onto the new target", async () =>
      (await look()).comparison?.before === target ? undefined : true,
    );
    const moved = { code: "pull-request-moved", message: /its target has changed/ };
    await assert.rejects(complete(ado, { ...of, seen, target }), moved);
    await complete(ado, { ...of, seen, target: (await look()).comparison?.before });
    assert.equal((await look()).pullRequest.status, "completed");
  });

  it("publishes a draft, which can be approved and completed only then", async () => {
    const { ado, of, seen, look } = await anOpenOne({ isDraft: true });
    await assert.rejects(approve(ado, { ...of, seen: voteFor(seen) }), { status: 400 });
    await publish(ado, { ...of, seen });
    assert.equal((await look()).pullRequest.isDraft, false);
    await approve(ado, { ...of, seen: voteFor(seen) });
    await complete(ado, { ...of, seen });
    assert.equal((await look()).pullRequest.status, "completed");
  });

  it("does not publish another version than the one that was seen", async () => {
    const { ado, of, look } = await anOpenOne({ isDraft: true });
    const seen = await world.headOfMain();
    await assert.rejects(publish(ado, { ...of, seen }), { code: "pull-request-moved" });
    assert.equal((await look()).pullRequest.isDraft, true);
  });

  it("rejects a draft without a vote, which drafts do not take", async () => {
    const { ado, of, look } = await anOpenOne({ isDraft: true });
    await reject(ado, { ...of, reason: "no" });
    const { pullRequest, rejection } = await look();
    assert.deepEqual([pullRequest.status, pullRequest.reviewers], ["abandoned", []]);
    assert.equal(rejection?.reason, "no");
  });

  it("says once that it is rejected, and only once its other writes are taken", async () => {
    const { ado, of, look } = await anOpenOne();
    const refuses = (part: RegExp): typeof ado =>
      connectAzureDevOps({
        organisationUrl: world.sandbox.organisationUrl,
        token: async () => "sandbox-approver",
        fetch: async (input, init) =>
          init?.method === "PATCH" && part.test(new Request(input).url)
            ? new Response('{"message":"TF401027: You need a right."}', { status: 403 })
            : fetch(input, init),
      });
    const reasons = async () =>
      (await listComments(ado, of)).filter(({ text }) => text === "**Rejected:** no").length;
    await assert.rejects(reject(refuses(/properties/), { ...of, reason: "no" }), { status: 403 });
    assert.equal(await reasons(), 0);
    const abandon = /pullrequests\/\d+\?/i;
    await assert.rejects(reject(refuses(abandon), { ...of, reason: "no" }), { status: 403 });
    await reject(ado, { ...of, reason: "no" });
    assert.deepEqual([await reasons(), (await look()).pullRequest.status], [1, "abandoned"]);
  });

  it("leaves the run waiting whose branch somebody has pushed to: its letter stays", async () => {
    const { look, branch } = await anOpenOne();
    const [letter] = (await look()).letters ?? [];
    await world.push({ branch, onto: branch, message: "Mend", writes: { "dev/b.yaml": "" } });
    await eventually("the push", async () => {
      const { pullRequest, comparison } = await look();
      const head = pullRequest.lastMergeSourceCommit?.commitId;
      return comparison?.source === head && (await look()).trailers === undefined
        ? true
        : undefined;
    });
    assert.deepEqual(
      (await look()).letters?.map(({ targetUrl }) => targetUrl),
      [letter?.targetUrl ?? assert.fail("no letter")],
    );
  });

  it("is not to complete what has lost its branch, however well it was merged before", async () => {
    const { ado, of, seen, look, branch } = await anOpenOne();
    assert.equal((await look()).hasBranch, true);
    await world.remove(branch);
    const { hasBranch, pullRequest, letters } = await look();
    assert.deepEqual(
      [hasBranch, pullRequest.status, pullRequest.mergeStatus, letters?.length],
      [false, "active", "succeeded", 1],
    );
    await assert.rejects(complete(ado, { ...of, seen }), /The source branch does not exist/);
    await reject(ado, { ...of, reason: "Its branch is gone" });
    assert.equal((await look()).pullRequest.status, "abandoned");
  });

  it("compares exactly what the merge gives, and goes on doing so afterwards", async () => {
    const { ado, of, seen, look } = await anOpenOne();
    const before = await look();
    assert.equal(before.comparison?.basis, "merge");
    await approve(ado, { ...of, seen: voteFor(seen) });
    await complete(ado, { ...of, seen });
    const after = await look();
    assert.equal(after.pullRequest.status, "completed");
    assert.equal(after.comparison?.before, before.comparison?.before);
    const comparison = after.comparison ?? assert.fail("nothing to compare");
    const { after: files } = await loadChanges(ado, { repo: of.repo, ...comparison });
    const [file] = files.filter(({ path }) => path === "dev/a.yaml");
    assert.equal(file?.text, "");
  });
});
