import assert from "node:assert/strict";
import { getProperties } from "../../../clients/azure-devops/pull-request-properties.ts";
import { parseRunRecord } from "../../../core/run/record.ts";
import { type Harness, startHarness } from "./manifests-harness.ts";

describe("OpenManifestsPR whose calls fail once", function () {
  // Forty runs.
  this.timeout(120_000);
  let at: Harness;
  before(async () => {
    at = await startHarness();
    // So that auto-complete is set and nothing completes: every run finds the one before open.
    await at.policy("minimumReviewers", { minimumApproverCount: 1 });
    // So that adding reviewers afterwards is a call of its own.
    at.tampering.rewrite = (call, body) =>
      call === "POST pullrequests" ? { ...(body as object), reviewers: undefined } : body;
  });
  after(() => at.stop());

  let build = 0;
  const deploy = () => {
    build += 1;
    const reviewers = { required: ["Ari Approver"], optional: [] };
    const given = { autoComplete: true, labels: ["prod"], settings: { reviewers } };
    return at.deploy({ build, objects: { a: String(build) }, ...given });
  };

  /** Everything that the end of a run shows, without what differs from run to run. */
  async function endOf(outputs: Readonly<Record<string, string>>) {
    const pullRequests = await at.pullRequests();
    const [before, now] = pullRequests.slice(-2);
    const id = Number(outputs["pullRequestId"]);
    const record = parseRunRecord(
      (await getProperties(at.developer, { repo: at.repo, id }))["Fluxgate.Run"],
    );
    return {
      operation: outputs["operation"],
      isTheNewest: now?.pullRequestId === id,
      statuses: [before?.status, now?.status],
      branches: (await at.branches()).filter((name) => name.startsWith("fluxgate/")).length,
      branch: now?.sourceRefName.endsWith(`/${build}`),
      completesItself: now?.autoCompleteSetBy !== undefined,
      reviewers: [...at.state(id).reviewers.values()].map(({ identity, isRequired }) => [
        identity.name,
        isRequired,
      ]),
      labels: at.state(id).labels.map(({ name }) => name),
      files: at.state(id).attachments.length,
      recorded: record?.commit === outputs["commit"],
      comments: before === undefined ? 0 : at.threads(before.pullRequestId).length,
    };
  }

  const isWrite = (call: string) => !call.startsWith("GET ");
  const first = async () => {
    await deploy();
    at.tampering.calls.length = 0;
    const { outputs } = await deploy();
    return { expected: await endOf(outputs), writes: at.tampering.calls.filter(isWrite) };
  };

  it("is compared with one whose calls all succeed", async () => {
    const { expected, writes } = await first();
    assert.deepEqual(expected, {
      operation: "created",
      isTheNewest: true,
      statuses: ["abandoned", "active"],
      branches: 1,
      branch: true,
      completesItself: true,
      reviewers: [["approver", true]],
      labels: ["prod"],
      files: 1,
      recorded: true,
      comments: 1,
    });
    assert.deepEqual(writes, [
      "POST pullrequests",
      "POST threads",
      "PATCH pullrequests",
      "POST refs",
      "PUT reviewers",
      "POST attachments",
      "PATCH pullrequests",
      "PATCH properties",
      "PATCH pullrequests",
    ]);
  });

  for (const fault of ["dropped", "busy", "throttled"] as const) {
    it(`ends the same when every read is ${fault} once`, async () => {
      const { expected } = await first();
      const failed = new Set<string>();
      at.tampering.fault = (call, url) => {
        if (isWrite(call) || failed.has(url)) return undefined;
        failed.add(url);
        return fault;
      };
      assert.deepEqual(await endOf((await deploy()).outputs), expected);
      assert.ok(failed.size >= 8, [...failed].join("\n"));
      at.tampering.fault = () => undefined;
    });
  }

  for (const fault of ["dropped", "lost", "busy", "throttled"] as const) {
    it(`ends the same when any one write is ${fault} once`, async () => {
      const { expected, writes } = await first();
      for (const [index, call] of writes.entries()) {
        let seen = -1;
        at.tampering.fault = (each) => {
          if (!isWrite(each)) return undefined;
          seen += 1;
          return seen === index ? fault : undefined;
        };
        const { outputs } = await deploy();
        assert.ok(seen >= index, `${call} was not made`);
        assert.deepEqual(await endOf(outputs), expected, `${call}, write ${index + 1}`);
      }
      at.tampering.fault = () => undefined;
    });
  }
});
