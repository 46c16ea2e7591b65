import assert from "node:assert/strict";
import { connectAzureDevOps } from "../../../clients/azure-devops/connection.ts";
import { listPullRequestStatuses } from "../../../clients/azure-devops/pull-request-statuses.ts";
import { absentKube } from "../../../kube/kube.ts";
import type { MergeCheck } from "../../../rendering/merge/check-merge.ts";
import { tellPullRequest } from "../../../tasks/ValidateManifests/tell-pull-request.ts";
import { type Harness, startHarness } from "../OpenManifestsPR/manifests-harness.ts";
import { tamperingFetch } from "../OpenManifestsPR/tampering-fetch.ts";

describe("the verdict on a merge, told to its pull request", function () {
  this.timeout(60_000);
  let at: Harness;
  let id: number;
  const { tampering, fetch } = tamperingFetch();
  beforeEach(async () => {
    at = await startHarness();
    id = Number((await at.deploy({ build: 1, objects: { a: "1" } })).outputs["pullRequestId"]);
  });
  afterEach(() => at.stop());

  const head = async () => (await at.pullRequests()).at(-1)?.lastMergeSourceCommit?.commitId ?? "";
  const statuses = async () =>
    (await listPullRequestStatuses(at.developer, { repo: at.repo, id })).filter(
      ({ context }) => context.name === "manifests",
    );
  /** Tells what a run found on a commit of the pull request. */
  function tell(
    source: string | undefined,
    messages: readonly string[],
    who: "developer" | "build" = "developer",
  ) {
    const ado = connectAzureDevOps({
      organisationUrl: at.organisationUrl,
      fetch,
      ...{ token: async () => `sandbox-${who}`, kind: "pat" },
    });
    const check: MergeCheck = {
      findings: messages.map((message) => ({ severity: "error", message, file: "dev/a.yaml" })),
      ...{ notChecked: [], roots: ["dev"], from: "folders", objects: 1 },
      ...{ releases: [], chartChanges: [] },
    };
    return tellPullRequest(
      {
        ...{ folder: ".", comments: true, fetchCharts: false, chartCache: "" },
        ...{ organisationUrl: at.organisationUrl, ...at.repo, build: 1, definition: 1 },
        pullRequest: id,
      },
      {
        ...{ ado, kube: absentKube("not asked"), helm: undefined },
        ...{ now: () => 0, date: () => 0 },
        log: { info: () => undefined, warn: () => undefined, debug: () => undefined },
      },
      { check, source },
    );
  }
  const threads = (status: string) =>
    at
      .state(id)
      .threads.filter((each) => each.status === status)
      .map(({ comments }) => comments[0]?.content ?? "");

  it("counts for the commit that was judged, not for one that was pushed meanwhile", async () => {
    const judged = await head();
    await at.commit("fluxgate/shop/dev/1", { "dev/api/more.yaml": "a: 1\n" });
    assert.notEqual(await head(), judged);
    await tell(judged, []);
    await tell(await head(), ["wrong"]);
    assert.deepEqual(
      (await statuses()).map(({ iterationId, state }) => [iterationId, state]),
      [
        [1, "succeeded"],
        [2, "failed"],
      ],
    );
    assert.equal(threads("active").length, 1);
    // The run on the first push ends last.
    await tell(judged, []);
    assert.equal(threads("active").length, 1);
    assert.deepEqual(threads("fixed"), []);
  });

  it("says so where the commit that was judged is no longer of the pull request", async () => {
    await assert.rejects(tell("0".repeat(40), []), { code: "pull-request-moved" });
    assert.deepEqual(await statuses(), []);
  });

  it("names the right that is missing where the build service may not write there", async () => {
    at.deny("PullRequestContribute");
    await assert.rejects(tell(await head(), [], "build"), {
      code: "permission-missing",
      hint: /Contribute to pull requests.* on the manifests repository/,
    });
  });

  it("ends the same when any one write fails once, before or after its effect", async () => {
    await tell(await head(), ["wrong"]);
    let round = 0;
    for (const fault of ["dropped", "lost", "busy", "throttled"] as const) {
      for (const call of ["PATCH threads", "POST threads", "POST statuses"]) {
        const failed: string[] = [];
        tampering.fault = (each) => {
          if (each !== call || failed.length > 0) return undefined;
          failed.push(each);
          return fault;
        };
        round += 1;
        await tell(await head(), [`wrong ${round}`]);
        tampering.fault = () => undefined;
        assert.deepEqual(failed, [call], `${call} was not made`);
        assert.equal(threads("active").length, 1, `${call} ${fault}`);
        assert.match(threads("active")[0] ?? "", new RegExp(`wrong ${round}\\b`));
        assert.equal((await statuses()).at(-1)?.state, "failed");
      }
    }
  });

  it("calls no error mended that is only further down in a long list", async () => {
    const messages = Array.from({ length: 40 }, (_, number) => `error ${number}`);
    await tell(await head(), messages.slice(10));
    assert.equal(threads("active").length, 30);
    await tell(await head(), messages);
    assert.equal(threads("active").length, 30);
    assert.deepEqual(threads("fixed"), []);
    await tell(await head(), messages.slice(0, 12));
    assert.deepEqual([threads("active").length, threads("fixed").length], [12, 28]);
  });
});
