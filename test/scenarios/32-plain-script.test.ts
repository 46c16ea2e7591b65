import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { ended, push, runOf, statusBecomes, waitLog } from "../support/actions.ts";
import { plainPipeline } from "../support/plain-script.ts";
import { openWorld, type World } from "../support/world.ts";

// No RenderManifests, no OpenManifestsPR, no fluxgate.yaml: a script of the team's own commits.
const pipeline = plainPipeline("dev", [
  "cp ../shop/api.yaml clusters/west/apps/api.yaml",
  "commit 'New api'",
]);

describe("scenario 32: an existing repository, and a commit made by a plain script", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s32", image: "registry.fabrikam.com/api:1", env });
  const folder = "clusters/west";
  let world: World;
  before(async () => {
    const repositories = [
      { name: "shop", files: { "pipeline.yml": pipeline, "api.yaml": api("1") } },
      {
        name: "manifests",
        files: {
          [`${folder}/apps/namespace.yaml`]: namespaceFile("s32"),
          [`${folder}/apps/api.yaml`]: api("1"),
        },
      },
    ];
    world = await openWorld({
      seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories }] },
      pipelines: {
        definitions: [
          { name: "shop-cd", project: "shop", repository: "shop", yamlPath: "pipeline.yml" },
        ],
      },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s32-west", path: folder, environment: "dev" }],
      },
      connector: {
        environments: ["dev"],
        extra: { dev: { path: folder, definitions: [1] } },
      },
    });
  });
  after(() => world.close());

  it("is waited for all the same, where the connector's configuration lists the pipeline", async () => {
    const commit = await push(world, "shop", { files: { "api.yaml": api("2") } });
    const run = await runOf(world, commit);
    assert.equal(await ended(world, run), "succeeded");
    const log = await waitLog(world, run);
    assert.ok(log.includes("Deployment s32/api: healthy"), log.join("\n"));
    const [, deployed = ""] =
      /^([0-9a-f]{8}) is deployed in dev and healthy$/.exec(log.at(-1) ?? "") ?? [];
    assert.notEqual(deployed, "");
    await statusBecomes(world, {
      ...{ commit, repository: "shop", name: "deployed/dev", state: "succeeded" },
    });
  });
});
