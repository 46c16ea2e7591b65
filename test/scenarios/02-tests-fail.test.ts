import assert from "node:assert/strict";
import { deployment, deliveryRepository, namespaceFile } from "../support/delivery.ts";
import {
  as,
  complete,
  deploy,
  ended,
  records,
  statusBecomes,
  waiting,
} from "../support/actions.ts";
import { openWorld, type World } from "../support/world.ts";

describe("scenario 2: the tests after a deployment fail", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s2t", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    const shop = deliveryRepository({
      ...{ name: "shop", environments: ["dev", "prod"], apps: { api: api("1") } },
    });
    const pipeline = String(shop.files?.["pipeline.yml"]).replace(
      "bash: echo tested dev",
      'bash: test "$(System.JobAttempt)" != 1, displayName: Smoke tests',
    );
    world = await openWorld({
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "shop",
            repositories: [
              { ...shop, files: { ...shop.files, "pipeline.yml": pipeline } },
              { name: "manifests", files: { "dev/namespace.yaml": namespaceFile("s2t") } },
            ],
          },
        ],
      },
      pipelines: {
        definitions: [
          { name: "shop-cd", project: "shop", repository: "shop", yamlPath: "pipeline.yml" },
        ],
      },
      manifests: {
        ...{ repository: "manifests", interval: "2s" },
        kustomizations: [{ name: "s2t-dev", path: "dev", environment: "dev" }],
      },
      connector: { environments: ["dev", "prod"] },
    });
  });
  after(() => world.close());

  const deployed = (commit: string, state: string) =>
    statusBecomes(world, { commit, repository: "shop", name: "deployed/dev", state });

  it("turns deployed/dev red and opens no pull request for prod; a retry that passes goes on", async () => {
    const { run, pullRequest } = await deploy(world, {
      ...{ repository: "shop", files: { "deploy/api.yaml": api("2") } },
    });
    await complete(world, pullRequest);
    assert.equal(await ended(world, run), "failed");
    const { description } = await deployed(run.sourceVersion, "failed");
    assert.match(description ?? "", /healthy, but job test failed after it, step Smoke tests/);
    const stage = (await records(world, run)).find(
      ({ type, identifier }) => type === "Stage" && identifier === "prod",
    );
    assert.equal(stage?.result, "skipped");

    // What was followed is forgotten with the process.
    await world.stopConnector("SIGKILL");
    await world.startConnector();
    await as(world, "admin").send("PATCH", `shop/_apis/build/builds/${run.id}/stages/dev`, {
      ...{ state: "retry", forceRetryAllJobs: false },
    });
    await deployed(run.sourceVersion, "succeeded");
    await waiting(world, run, "prod");
  });

  it("is red too where the connector was not there when they failed", async () => {
    const { run, pullRequest } = await deploy(world, {
      ...{ repository: "shop", files: { "deploy/api.yaml": api("3") } },
    });
    await complete(world, pullRequest);
    // Whether it had seen the failure already: the end is the same.
    await ended(world, run);
    await world.stopConnector("SIGKILL");
    await world.startConnector();
    await deployed(run.sourceVersion, "failed");
  });
});
