import assert from "node:assert/strict";
import { resolve } from "node:path";
import { createSandbox } from "../../azure-devops/create-sandbox.ts";
import { createPipelines } from "../../pipelines/create-pipelines.ts";
import { demoPipelines, demoSeed } from "../../demo/demo-seed.ts";
import { ensureBuilt } from "../../../scripts/build/ensure-built.ts";
import { ensureAgentTools } from "../../../scripts/tools.ts";
import { eventually } from "../support/eventually.ts";
import { gitPush } from "../support/git-push.ts";
import { restOf } from "../support/rest.ts";
import { pipelinesOf, type Build, type Pipelines } from "./pipelines-harness.ts";

type PullRequest = {
  readonly pullRequestId: number;
  readonly title: string;
  readonly status: string;
  readonly sourceRefName: string;
  readonly lastMergeSourceCommit: { readonly commitId: string };
  readonly mergeStatus: string;
};
type Statuses = {
  readonly value: readonly {
    readonly context: { readonly genre: string; readonly name: string };
    readonly description: string;
  }[];
};

const manifests = "shop/_apis/git/repositories/shop-manifests";

describe("the shipped templates, in the demo organisation", function () {
  this.timeout(120_000);
  let pipelines: Pipelines;
  before(async () => {
    await ensureBuilt(["tasks"]);
    const { path, hasJsonnet } = await ensureAgentTools();
    const part = createPipelines({
      seed: demoPipelines,
      extensionDirectory: resolve("dist"),
      toolsDirectory: path,
    });
    pipelines = pipelinesOf(await createSandbox({ seed: demoSeed({ hasJsonnet }), parts: [part] }));
  });
  after(() => pipelines.sandbox.close());

  async function push(files: Readonly<Record<string, string>>): Promise<Build> {
    const url = `${pipelines.sandbox.organisationUrl}/shop/_git/shop`;
    const commit = await gitPush(url, { files });
    return eventually("the CI run", async () =>
      (await pipelines.builds()).find((one) => one.sourceVersion === commit),
    );
  }
  function deliveryAfter(ci: Build): Promise<Build> {
    return eventually("the CD run", async () =>
      (await pipelines.builds()).find(
        ({ definition, id }) => definition.name === "shop-cd" && id > ci.id,
      ),
    );
  }
  async function openPullRequest(): Promise<PullRequest> {
    const { value } = await pipelines.rest.get<{ value: PullRequest[] }>(
      `${manifests}/pullrequests?searchCriteria.status=active`,
    );
    const [found] = value;
    assert.ok(found, "an open pull request");
    return found;
  }
  async function merge({ pullRequestId: id }: PullRequest): Promise<void> {
    const ready = await eventually("the merge preview", async () => {
      const seen = await pipelines.rest.get<PullRequest>(`${manifests}/pullrequests/${id}`);
      return seen.mergeStatus === "succeeded" ? seen : undefined;
    });
    await restOf(pipelines.sandbox, "approver").send("PATCH", `${manifests}/pullrequests/${id}`, {
      status: "completed",
      lastMergeSourceCommit: ready.lastMergeSourceCommit,
    });
  }

  it("list, validate and build in CI; docker is recorded as not done", async () => {
    const ci = await pipelines.ended((await push({ "services/web/main.js": "// 2\n" })).id);
    assert.equal(ci.result, "succeeded", await pipelines.log(ci.id));
    assert.deepEqual(ci.tags, ["images-not-built"]);
    assert.deepEqual(Object.keys(await pipelines.results(ci.id, "Job")).sort(), [
      "Build shop_api",
      "Build shop_web",
      "List images",
      "Publish what is approved",
      "Validate dev",
      "Validate prod",
      "Validate staging",
    ]);
    assert.match(await pipelines.log(ci.id), /Not done here: .* docker build --tag registry/);
  });

  it("deliver stage by stage: pull request, letter, wait without an agent, tests", async () => {
    const [ci] = (await pipelines.builds()).filter((one) => one.definition.name === "shop-ci");
    assert.ok(ci);
    const { id } = await deliveryAfter(ci);
    for (const environment of ["dev", "staging", "prod"]) {
      const { job } = await pipelines.waiting(id);
      assert.equal(job.name, "Wait for Flux");
      const pullRequest = await openPullRequest();
      assert.equal(pullRequest.sourceRefName, `refs/heads/fluxgate/shop/${environment}/${id}`);
      const { commitId } = pullRequest.lastMergeSourceCommit;
      const { value } = await pipelines.rest.get<Statuses>(
        `${manifests}/commits/${commitId}/statuses`,
      );
      const [letter] = value;
      assert.deepEqual(letter?.context, { genre: "fluxgate", name: `wait/shop/${environment}` });
      assert.match(letter.description, /timeoutInMinutes: 4320/);
      await merge(pullRequest);
      await pipelines.complete(id, "succeeded");
      await eventually(`the test of ${environment}`, async () =>
        (await pipelines.log(id)).includes(`Smoke test of ${environment}`) ? true : undefined,
      );
    }
    assert.equal((await pipelines.ended(id)).result, "succeeded");
    assert.deepEqual(pipelines.sandbox.unhandled(), []);
  });

  it("build only what changed since the last run, and wait with no pull request for the same", async () => {
    const ci = await pipelines.ended((await push({ "README.md": "# Shop\n" })).id);
    assert.equal(ci.result, "succeeded");
    assert.equal((await pipelines.results(ci.id, "Phase"))["Build"], "skipped");
    const { id } = await deliveryAfter(ci);
    await pipelines.waiting(id);
    const { value } = await pipelines.rest.get<{ value: PullRequest[] }>(
      `${manifests}/pullrequests?searchCriteria.status=active`,
    );
    assert.deepEqual(value, []);
    await pipelines.complete(id, "failed");
    assert.equal((await pipelines.ended(id)).result, "failed");
  });

  it("fail in CI when a chart does not render", async () => {
    const ci = await pipelines.ended(
      (await push({ "deploy/chart/templates/service.yaml": "{{ .Values.missing.key }}\n" })).id,
    );
    assert.equal(ci.result, "failed");
    assert.equal((await pipelines.results(ci.id, "Phase"))["Build"], "skipped");
    assert.match(await pipelines.log(ci.id), /##\[error\].*service\.yaml/);
  });
});
