import assert from "node:assert/strict";
import { resolve } from "node:path";
import { parse } from "yaml";
import { createSandbox, type Sandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { readFolder } from "../../sandbox/demo/read-folder.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import { restOf } from "../../sandbox/test/support/rest.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";

describe("environment.yml and cd.yml, expanded by the service", () => {
  let sandbox: Sandbox;
  before(async () => {
    await ensureBuilt(["tasks"]);
    const templates = {
      name: "fluxgate-templates",
      files: readFolder(resolve("pipeline-templates")),
    };
    const app = { name: "app", files: { "cd.yml": "trigger: none\nsteps: [{ bash: x }]\n" } };
    const manifests = { name: "manifests", files: { "README.md": "x" } };
    sandbox = await createSandbox({
      seed: {
        organisation: "fabrikam",
        projects: [{ name: "shop", repositories: [app, manifests, templates] }],
      },
      parts: [
        createPipelines({
          seed: {
            definitions: [{ name: "cd", project: "shop", repository: "app", yamlPath: "cd.yml" }],
            variableGroups: ["one", "two"].map((name) => ({ name, variables: {} })),
          },
          extensionDirectory: resolve("dist"),
        }),
      ],
    });
  });
  after(() => sandbox.close());

  async function expand(template: string, parameters: object): Promise<string> {
    const named = (repository: string, name: string) => ({ repository, type: "git", name });
    const yamlOverride = JSON.stringify({
      trigger: "none",
      resources: {
        repositories: [named("templates", "fluxgate-templates"), named("manifests", "manifests")],
      },
      stages: [{ template: `${template}@templates`, parameters }],
    });
    const url = "shop/_apis/pipelines/1/preview?api-version=7.1";
    const body = { previewRun: true, yamlOverride };
    return (await restOf(sandbox, "developer").send<{ finalYaml: string }>("POST", url, body))
      .finalYaml;
  }
  const common = { delivery: "shop", manifestsRepository: "manifests", ci: "current" };

  it("hands reviewers, title and mode to the task, and every group to the stage", async () => {
    const yaml = await expand("cd.yml", {
      ...common,
      environments: [{ name: "dev", variableGroup: "one", variableGroups: ["two"] }],
      ...{ mode: "direct", requiredReviewers: "a@x.com", optionalReviewers: "b@x.com", title: "t" },
    });
    for (const text of [
      "mode: direct",
      "requiredReviewers: a@x.com",
      "optionalReviewers: b@x.com",
    ]) {
      assert.ok(yaml.includes(text), text);
    }
    assert.match(yaml, /title: t\n/);
    assert.match(yaml, /group: one[^]*group: two/);
    assert.match(yaml, /WaitForFlux@1/);
    assert.doesNotMatch(yaml, /serviceConnection/);
  });

  it("deploys side by side, and after several, where environments say what they come after", async () => {
    const yaml = await expand("cd.yml", {
      ...common,
      environments: [
        { name: "dev", dependsOn: [] },
        { name: "eu-west", dependsOn: ["dev"] },
        { name: "2nd-us", dependsOn: ["dev"], condition: "and(succeeded(), true)" },
        { name: "last", dependsOn: ["eu-west", "2nd-us"] },
        { name: "next" },
      ],
    });
    const { stages } = parse(yaml) as { readonly stages: readonly Record<string, unknown>[] };
    assert.deepEqual(
      stages.map(({ stage, dependsOn, condition }) => [stage, dependsOn, condition]),
      [
        ["dev", [], undefined],
        ["eu_west", ["dev"], undefined],
        ["_2nd_us", ["dev"], "and(succeeded(), true)"],
        ["last", ["eu_west", "_2nd_us"], undefined],
        ["next", undefined, undefined],
      ],
    );
  });

  it("waits by InvokeRESTAPI where a service connection is to post the letter", async () => {
    const yaml = await expand("cd.yml", {
      ...common,
      ...{ environments: [{ name: "dev" }], letterConnection: "letters", timeoutInMinutes: 90 },
    });
    assert.match(yaml, /InvokeRESTAPI@1[^]*serviceConnection: letters/);
    assert.match(yaml, /waitForCompletion: "?'?true/);
    assert.match(yaml, /timeoutInMinutes: 90\)/);
    assert.match(yaml, /wait\/shop\/dev/);
    assert.doesNotMatch(yaml, /WaitForFlux/);
  });

  it("neither waits nor tests where the manifests are in another organisation", async () => {
    const yaml = await expand("environment.yml", {
      ...common,
      environment: "dev",
      manifestsConnection: "other",
    });
    assert.match(yaml, /serviceConnection: other/);
    assert.doesNotMatch(yaml, /WaitForFlux|deployment:|uses:|testSteps do not run/);
  });

  it("says that the tests do not run where nothing waits, and only there", async () => {
    const testSteps = [{ bash: "echo tested" }];
    const given = { ...common, environment: "dev", testSteps };
    const alone = await expand("environment.yml", { ...given, wait: false });
    assert.match(alone, /its testSteps do not run/);
    assert.doesNotMatch(alone, /echo tested|deployment:/);
    const waits = await expand("environment.yml", given);
    assert.match(waits, /echo tested/);
    assert.doesNotMatch(waits, /testSteps do not run/);
  });
});
