import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createSandbox, type Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { readFolder } from "../../sandbox/demo/read-folder.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { pipelinesOf, type Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { ensureAgentTools } from "../../scripts/tools.ts";

/** The files of a section of docs/pipelines.md: blocks whose first line names them. */
function filesOf(section: string): Readonly<Record<string, string>> {
  const all = readFileSync("docs/pipelines.md", "utf8").split(/^## /m);
  const text = all.find((one) => one.startsWith(section)) ?? "";
  const blocks = [...text.matchAll(/^ *```yaml\n([^]*?)^ *```/gm)].map(([, block = ""]) => {
    const indent = /^ */.exec(block)?.[0] ?? "";
    return block.replaceAll(new RegExp(`^${indent}`, "gm"), "");
  });
  return Object.fromEntries(blocks.map((block) => [/^# (\S+)/.exec(block)?.[1] ?? "", block]));
}

describe("docs/pipelines.md: five minutes to the first green run", function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let pipelines: Pipelines;
  const files = filesOf("Five minutes");
  const definition = (name: string) => ({
    ...{ name: `shop-${name}`, project: "shop", repository: "shop" },
    yamlPath: `azure-pipelines/${name}.yml`,
  });
  before(async () => {
    await ensureBuilt(["tasks"]);
    const { path: toolsDirectory } = await ensureAgentTools();
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "shop",
            repositories: [
              { name: "shop", files: { "services/api/Dockerfile": "FROM scratch\n" } },
              { name: "shop-manifests", files: { "README.md": "manifests\n" } },
              { name: "fluxgate-templates", files: readFolder(resolve("pipeline-templates")) },
            ],
          },
        ],
      },
      parts: [
        createPipelines({
          seed: { definitions: [definition("ci"), definition("cd")] },
          ...{ extensionDirectory: resolve("dist"), toolsDirectory },
        }),
      ],
    });
    pipelines = pipelinesOf(sandbox);
  });
  after(() => sandbox.close());

  it("comes from the very files that stand there, pushed at once", async () => {
    assert.deepEqual(Object.keys(files), [
      ...["fluxgate.yaml", "deploy/api.yaml", "azure-pipelines/ci.yml", "azure-pipelines/cd.yml"],
    ]);
    const url = `${sandbox.organisationUrl}/shop/_git/shop`;
    const commit = await gitPush(url, { files });
    const runOf = (name: string) =>
      eventually(`a run of ${name}`, async () =>
        (await pipelines.builds()).find((one) => one.definition.name === name),
      );
    const ci = await pipelines.ended((await runOf("shop-ci")).id);
    assert.equal(ci.result, "succeeded", await pipelines.log(ci.id));
    assert.equal(ci.sourceVersion, commit);
    const { id } = await runOf("shop-cd");
    await pipelines.waiting(id);
    const { value } = await pipelines.rest.get<{ value: readonly { title: string }[] }>(
      "shop/_apis/git/repositories/shop-manifests/pullrequests?searchCriteria.status=active",
    );
    assert.equal(value.length, 1);
    await pipelines.complete(id, "succeeded");
    assert.equal((await pipelines.ended(id)).result, "succeeded", await pipelines.log(id));
  });
});
