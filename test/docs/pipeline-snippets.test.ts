import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { templatePipelines } from "../pipeline-templates/template-pipelines.ts";

/** Blocks of YAML; jobs and steps alone become a pipeline with the repositories that they name. */
function pipelinesIn(page: string): readonly string[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/^```yaml\n([^]*?)^```/gm)].map(([, block = ""]) => {
    const resources =
      "resources: { repositories: [{ repository: manifests, type: git, name: shop-manifests }] }\n";
    if (block.startsWith("- ")) return `${resources}steps:\n${block.replace(", …", "")}`;
    return block.startsWith("jobs:") ? resources + block : block;
  });
}

describe("the pipelines in the documents", function () {
  this.timeout(120_000);
  let pipelines: Pipelines;
  before(async () => {
    const repositories = ["shop", "shop-config", "shop-manifests"];
    pipelines = await templatePipelines(
      repositories.map((name) => ({ name, files: { "ci.yml": "steps: [{ bash: x }]\n" } })),
      {
        definitions: [{ name: "shop-ci", project: "shop", repository: "shop", yamlPath: "ci.yml" }],
        variableGroups: ["shop-dev", "shop-prod"].map((name) => ({ name, variables: {} })),
      },
    );
  });
  after(() => pipelines.sandbox.close());

  for (const page of ["pipeline-templates/README.md", "docs/tasks.md"]) {
    const found = pipelinesIn(page);
    it(`are taken by the service as they stand in ${page}`, async () => {
      assert.ok(found.length >= 4, String(found.length));
      for (const yamlOverride of found) {
        const needed = [...yamlOverride.matchAll(/^ {2}- \{ name: (\w+), type: string/gm)];
        const templateParameters = Object.fromEntries(needed.map(([, name]) => [name, "x"]));
        const url = "shop/_apis/pipelines/1/preview?api-version=7.1";
        const body = { previewRun: true, yamlOverride, templateParameters };
        const expanded = await pipelines.rest
          .send<{ finalYaml: string }>("POST", url, body)
          .catch((error: unknown) => assert.fail(`${yamlOverride}\n${String(error)}`));
        assert.match(expanded.finalYaml, /task: \w+@1/);
      }
    });
  }
});
