import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { eventually } from "../../sandbox/test/support/eventually.ts";
import { gitPush } from "../../sandbox/test/support/git-push.ts";
import { templatePipelines } from "../pipeline-templates/template-pipelines.ts";

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
  let pipelines: Pipelines;
  const files = filesOf("Five minutes");
  const definition = (name: string) => ({
    ...{ name: `shop-${name}`, project: "shop", repository: "shop" },
    yamlPath: `azure-pipelines/${name}.yml`,
  });
  before(async () => {
    pipelines = await templatePipelines(
      [
        { name: "shop", files: { "services/api/Dockerfile": "FROM scratch\n" } },
        { name: "shop-manifests", files: { "README.md": "manifests\n" } },
      ],
      { definitions: [definition("ci"), definition("cd")] },
    );
  });
  after(() => pipelines.sandbox.close());

  it("comes from the very files that stand there, pushed at once", async () => {
    assert.deepEqual(Object.keys(files), [
      ...["fluxgate.yaml", "deploy/api.yaml", "azure-pipelines/ci.yml", "azure-pipelines/cd.yml"],
    ]);
    const url = `${pipelines.sandbox.organisationUrl}/shop/_git/shop`;
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
