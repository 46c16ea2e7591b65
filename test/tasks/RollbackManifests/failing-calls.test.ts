import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { run } from "../../../tasks/RollbackManifests/run.ts";
import { type Harness, startHarness } from "../OpenManifestsPR/manifests-harness.ts";
import { tamperingFetch } from "../OpenManifestsPR/tampering-fetch.ts";

describe("RollbackManifests whose calls fail once", function () {
  this.timeout(120_000);
  let at: Harness;
  let good: string;
  let build = 10;
  const { tampering, fetch } = tamperingFetch();
  before(async () => {
    at = await startHarness();
    const deployed = async (number: number, objects: Readonly<Record<string, string>>) => {
      const { outputs } = await at.deploy({ build: number, objects });
      await at.merge(Number(outputs["pullRequestId"]));
    };
    await deployed(1, { a: "good" });
    good = await at.headOf("main");
    await deployed(2, { a: "bad" });
  });
  after(() => at.stop());

  /** What is there once a run of its own has rolled back. */
  async function rollback() {
    build += 1;
    const { organisationUrl } = at;
    const { outputs } = await run(
      {
        ...{ delivery: "shop", environment: "dev", path: "dev", targetBranch: "main", to: good },
        ...{ reason: "it lost orders", hold: true, project: "shop", repository: "shop-manifests" },
        ...{ organisationUrl, ownProject: "shop", build, stageAttempt: 1, requestedFor: "Ana" },
      },
      {
        ado: connectAzureDevOps({ organisationUrl, token: async () => "sandbox-build", fetch }),
        now: () => Date.parse("2026-11-28T12:00:00Z"),
        log: { info: () => {}, debug: () => {}, warn: () => {} },
      },
    );
    const branch = `fluxgate/shop/dev/${build}`;
    const own = (await at.pullRequests()).filter(
      ({ sourceRefName }) => sourceRefName === `refs/heads/${branch}`,
    );
    return {
      operation: outputs["operation"],
      pullRequests: own.map(({ status, pullRequestId }) => [
        status,
        String(pullRequestId) === outputs["pullRequestId"],
      ]),
      isTheCarrier: (await at.headOf(branch)) === outputs["commit"],
    };
  }
  const isWrite = (call: string) => !call.startsWith("GET ");

  for (const fault of ["dropped", "lost", "busy", "throttled"] as const) {
    it(`ends the same when any one write is ${fault} once`, async () => {
      tampering.calls.length = 0;
      const expected = await rollback();
      assert.deepEqual(
        [expected.operation, expected.pullRequests],
        ["created", [["active", true]]],
      );
      const writes = tampering.calls.filter(isWrite);
      assert.deepEqual(writes.slice(-2), ["POST pushes", "POST pullrequests"]);
      for (const [index, call] of writes.entries()) {
        let seen = -1;
        tampering.fault = (each) => {
          if (!isWrite(each)) return undefined;
          seen += 1;
          return seen === index ? fault : undefined;
        };
        assert.deepEqual(await rollback(), expected, `${call}, write ${index + 1}`);
      }
      tampering.fault = () => undefined;
    });
  }
});
