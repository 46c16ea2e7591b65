import assert from "node:assert/strict";
import { definitionsOf, type Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { holdPath } from "../../core/rollback/hold.ts";
import { rollbackPipeline } from "../support/rollback-pipeline.ts";
import { renderedConfig } from "./rendered-config.ts";
import { templatePipelines } from "./template-pipelines.ts";

const rollback = rollbackPipeline(["to"]);

describe("rollback.yml", function () {
  this.timeout(180_000);
  let pipelines: Pipelines;
  before(async () => {
    pipelines = await templatePipelines(
      [
        { name: "app", files: { "rollback.yml": rollback } },
        { name: "manifests", files: renderedConfig("good") },
      ],
      { definitions: definitionsOf("rollback") },
    );
  });
  after(() => pipelines.sandbox.close());

  it("opens the pull request by its task, holds the delivery, and waits for Flux", async () => {
    const { rest } = pipelines;
    const repository = "shop/_apis/git/repositories/manifests";
    const heads = `${repository}/refs?filter=heads/main`;
    const { value: before } = await rest.get<{ value: { objectId: string }[] }>(heads);
    const good = before[0]?.objectId ?? "";
    await gitPush(`${pipelines.sandbox.organisationUrl}/shop/_git/manifests`, {
      files: renderedConfig("bad"),
    });
    const { id } = await rest.send<{ id: number }>(
      "POST",
      "shop/_apis/pipelines/1/runs?api-version=7.1",
      { templateParameters: { to: good } },
    );
    type Opened = { readonly sourceRefName: string; readonly title: string };
    const opened = await eventually(
      "the wait",
      async () => {
        const { status } = await pipelines.build(id);
        assert.notEqual(status, "completed", await pipelines.log(id));
        const waits = (await pipelines.records(id)).some(
          ({ task, state, startTime }) =>
            task?.name === "WaitForFlux" && state === "pending" && startTime,
        );
        const { value } = await rest.get<{ value: readonly Opened[] }>(
          `${repository}/pullrequests?searchCriteria.status=active`,
        );
        return waits ? value[0] : undefined;
      },
      { withinMs: 120_000 },
    );
    assert.equal(opened.title, `Roll back shop in dev to ${good.slice(0, 8)}`);
    const branch = encodeURIComponent(opened.sourceRefName.replace("refs/heads/", ""));
    const read = async (path: string) => {
      const query = `path=${encodeURIComponent(path)}&versionDescriptor.version=${branch}&versionDescriptor.versionType=branch&includeContent=true`;
      return (await rest.get<{ content: string }>(`${repository}/items?${query}`)).content;
    };
    assert.match(await read("/dev/api/a.yaml"), /key: good/);
    assert.match(await read(`/dev/${holdPath("shop")}`), /"reason": "it lost orders"/);
  });
});
