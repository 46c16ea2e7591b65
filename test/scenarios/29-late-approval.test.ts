import assert from "node:assert/strict";
import { createClock } from "../../sandbox/azure-devops/clock.ts";
import { deployment, deliveryRepository, namespaceFile } from "../support/delivery.ts";
import { as, complete, deploy, ended, said, waitLog, waiting } from "../support/actions.ts";
import { openWorld, type World } from "../support/world.ts";

describe("scenario 29: the approval comes after the wait's maximum", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s29", image: "registry.fabrikam.com/api:1", env });
  const clock = createClock();
  let world: World;
  before(async () => {
    world = await openWorld({
      clock,
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "shop",
            repositories: [
              deliveryRepository({ name: "shop", apps: { api: api("1") } }),
              { name: "manifests", files: { "dev/namespace.yaml": namespaceFile("s29") } },
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
        kustomizations: [{ name: "s29-dev", path: "dev", environment: "dev" }],
      },
      connector: { environments: ["dev"] },
    });
  });
  after(() => world.close());

  it("ends the wait before the service does, with what to do, and a retry goes on", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await said(world, run, /waiting for the merge/);
    // The connector counts by a clock of its own, which this does not move: it is started anew.
    await world.stopConnector();
    clock.advance(58.5 * 60_000);
    await world.startConnector();
    assert.equal(await ended(world, run), "canceled");
    const { pullRequestId } = pullRequest;
    const late = `pull request !${pullRequestId} is not merged yet: retry this stage to go on waiting`;
    assert.ok(
      (await waitLog(world, run)).at(-1)?.includes(late),
      (await waitLog(world, run)).join("\n"),
    );

    await complete(world, pullRequest);
    await as(world, "admin").send("PATCH", `shop/_apis/build/builds/${run.id}/stages/dev`, {
      ...{ state: "retry", forceRetryAllJobs: true },
    });
    await waiting(world, run);
    assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
  });
});
