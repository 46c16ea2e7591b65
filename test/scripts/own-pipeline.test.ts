import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createSandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";

/** As Azure DevOps expands it. */
async function expanded(yaml: string, templateParameters: object = {}): Promise<string> {
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
      { previewRun: true, templateParameters },
    );
    return finalYaml;
  } finally {
    await sandbox.close();
  }
}

describe("azure-pipelines.yml of this repository", () => {
  const yaml = readFileSync("azure-pipelines.yml", "utf8");

  it("is a pipeline that Azure DevOps expands, with the commands that people type", async () => {
    const finalYaml = await expanded(yaml);
    for (const command of ["npm run lint", "npm test", "npm run test:cluster", "npm run package"]) {
      assert.ok(finalYaml.includes(command), command);
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

describe("connector/publish.yml", () => {
  const yaml = readFileSync("connector/publish.yml", "utf8");

  it("logs in and publishes, unless it is told to only say what it would", async () => {
    const whole = await expanded(yaml);
    assert.match(whole, /task: Docker@2/);
    assert.match(whole, /npm run publish:connector -- "\$@"/);
    const dry = await expanded(yaml, { dryRun: true });
    assert.doesNotMatch(dry, /Docker@2|buildx create/);
    assert.match(dry, /DRY_RUN: '?"?true/);
  });
});
