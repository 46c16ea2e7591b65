import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createSandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";

describe("azure-pipelines.yml of this repository", () => {
  const yaml = readFileSync("azure-pipelines.yml", "utf8");

  it("is a pipeline that Azure DevOps expands, with the commands that people type", async () => {
    const sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        projects: [
          { name: "fluxgate", repositories: [{ name: "fluxgate", files: { "ci.yml": yaml } }] },
        ],
      },
      parts: [
        createPipelines({
          seed: {
            definitions: [
              { name: "ci", project: "fluxgate", repository: "fluxgate", yamlPath: "ci.yml" },
            ],
          },
          extensionDirectory: ".",
        }),
      ],
    });
    try {
      const { finalYaml } = await restOf(sandbox, "admin").send<{ finalYaml: string }>(
        "POST",
        "fluxgate/_apis/pipelines/1/preview?api-version=7.1",
        { previewRun: true },
      );
      for (const command of [
        "npm run lint",
        "npm test",
        "npm run test:cluster",
        "npm run package",
      ]) {
        assert.ok(finalYaml.includes(command), command);
      }
    } finally {
      await sandbox.close();
    }
  });

  it("runs only scripts that package.json has", () => {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
      scripts: Readonly<Record<string, string>>;
    };
    const named = [...yaml.matchAll(/script: npm (?:run )?([a-z:]+)/g)].map(
      ([, name = ""]) => name,
    );
    assert.ok(named.length >= 5);
    for (const name of named) assert.ok(name in scripts, name);
  });
});
