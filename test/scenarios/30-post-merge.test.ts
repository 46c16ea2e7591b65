import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { Build } from "../../core/azure-devops/types.ts";
import { readFolder } from "../../sandbox/demo/read-folder.ts";
import { deployment, deliveryRepository, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, push, records, runOf, waitLog } from "../support/actions.ts";
import { openWorld, type World } from "../support/world.ts";

// Runs at the merge, in the manifests repository itself, by the shipped template: review time costs
// nothing.
const postMerge = `trigger: { branches: { include: [main] } }
resources:
  repositories:
    - { repository: templates, type: git, name: fluxgate-templates }
stages:
  - template: post-merge.yml@templates
    parameters:
      delivery: shop
      environment: dev
      testSteps: [{ bash: test -f dev/namespace.yaml, displayName: Smoke tests }]
      failureSteps: [{ bash: echo told about it, displayName: Tell }]
`;

describe("scenarios 16 and 30: a pipeline of the manifests repository", () => {
  const api = (env: string, tag = "1") =>
    deployment({ name: "api", namespace: "s30", image: `registry.fabrikam.com/api:${tag}`, env });
  let world: World;
  before(async () => {
    const repositories = [
      deliveryRepository({ name: "shop", apps: { api: api("1") } }),
      {
        name: "manifests",
        files: { "post-merge.yml": postMerge, "dev/namespace.yaml": namespaceFile("s30") },
      },
      { name: "fluxgate-templates", files: readFolder(resolve("pipeline-templates")) },
    ];
    world = await openWorld({
      seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories }] },
      pipelines: {
        definitions: [
          { name: "shop-cd", project: "shop", repository: "shop", yamlPath: "pipeline.yml" },
          {
            ...{ name: "post-merge", project: "shop", repository: "manifests" },
            yamlPath: "post-merge.yml",
          },
        ],
      },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s30-dev", path: "dev", environment: "dev" }],
      },
      connector: { environments: ["dev"], extra: { dev: { definitions: [1, 2] } } },
    });
  });
  after(() => world.close());

  const resultOf = async (run: Build, name: string) =>
    (await records(world, run)).find((one) => one.name === name)?.result;

  it("waits for the merge commit beside the run that made it; each is ended once", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    const merge = await complete(world, pullRequest);
    const after = await runOf(world, merge);
    for (const one of [run, after]) {
      const result = await ended(world, one);
      const log = await waitLog(world, one);
      assert.equal(result, "succeeded", log.join("\n"));
      const last = log.filter(
        (line) => line === `${merge.slice(0, 8)} is deployed in dev and healthy`,
      );
      assert.equal(last.length, 1, log.join("\n"));
    }
    assert.equal(await resultOf(after, "Smoke tests"), "succeeded");
    assert.equal(await resultOf(after, "After the failure"), "skipped");
  });

  it("fails with the reason of a commit that a person pushed", async () => {
    const file = "dev/api/s30_apps_v1_deployment_api.yaml";
    const commit = await push(world, "manifests", {
      ...{ files: { [file]: api("3", "broken-1") }, as: "admin" },
    });
    const run = await runOf(world, commit);
    assert.equal(await ended(world, run), "failed");
    const log = (await waitLog(world, run)).join("\n");
    assert.match(log, /##\[error\]Deployment s30\/api: .*ImagePullBackOff/);
    assert.equal(await resultOf(run, "After the failure"), "succeeded");
  });
});
