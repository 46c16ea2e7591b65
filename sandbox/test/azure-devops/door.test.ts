// Every client finds its way in, and is told by name what is not there.
import assert from "node:assert/strict";
import { getPersonalAccessTokenHandler, WebApi } from "azure-devops-node-api";
import { ci, pipelinesWith, type Pipelines } from "../pipelines/pipelines-harness.ts";

describe("the vendor's client for Node", () => {
  let pipelines: Pipelines;
  let connection: WebApi;
  before(async () => {
    pipelines = await pipelinesWith({
      app: { "ci.yml": "steps: []\n" },
      seed: { definitions: [ci] },
    });
    connection = new WebApi(
      pipelines.sandbox.organisationUrl,
      getPersonalAccessTokenHandler("sandbox-admin"),
      { allowRetries: false },
    );
  });
  after(() => pipelines.sandbox.close());

  it("starts every one of its parts", async () => {
    // No areas of an organisation, in the service's own list neither.
    const elsewhere = ["getGalleryApi", "getProfileApi"];
    const parts = Object.getOwnPropertyNames(WebApi.prototype).filter(
      (name) => /^get\w+Api$/.test(name) && !elsewhere.includes(name),
    );
    assert.ok(parts.length > 20);
    for (const part of parts) {
      const start = connection[part as "getGitApi"].bind(connection);
      await assert.doesNotReject(start(), part);
    }
  });

  it("reaches pipelines and their previews", async () => {
    const api = await connection.getPipelinesApi();
    const [pipeline] = await api.listPipelines("shop");
    assert.equal(pipeline?.name, "ci");
    const run = await api.preview(
      { previewRun: true, yamlOverride: "steps: [{ script: hi }]" },
      "shop",
      pipeline.id ?? 0,
    );
    assert.match(run.finalYaml ?? "", /task: CmdLine@2/);
  });

  it("is told by name what the sandbox lacks", async () => {
    const wiki = await connection.getWikiApi();
    await assert.rejects(
      wiki.getAllWikis("shop"),
      /The sandbox has no GET .*\(wiki\/wikis of the service\)/,
    );
    const work = await connection.getWorkItemTrackingApi();
    await assert.rejects(work.getQueries("shop"), /\(wit\/queries of the service\)/);
    const test = await connection.getTestApi();
    await assert.rejects(test.getTestRuns("shop"), /\(Test\/Runs of the service\)/i);
  });

  it("finds the service's areas and locations, those of the sandbox as they are", async () => {
    const url = pipelines.sandbox.organisationUrl;
    const headers = { Authorization: "Bearer sandbox-reader" };
    const ask = async (path: string, method = "GET") =>
      (await (await fetch(`${url}/${path}`, { method, headers })).json()) as {
        readonly count: number;
        readonly value: readonly { readonly area: string; readonly resourceName: string }[];
      };
    assert.ok((await ask("_apis/ResourceAreas")).count >= 230);
    assert.ok((await ask("_apis?allHostTypes=true", "OPTIONS")).count >= 820);
    const own = await ask("_apis/pipelines", "OPTIONS");
    assert.ok(own.value.some(({ resourceName }) => resourceName === "preview"));
  });
});
