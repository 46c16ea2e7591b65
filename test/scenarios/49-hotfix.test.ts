import assert from "node:assert/strict";
import type { Build } from "../../core/azure-devops/types.ts";
import { deployment, deliveryRepository, namespaceFile } from "../support/delivery.ts";
import {
  as,
  complete,
  deploy,
  ended,
  pullRequestOf,
  readPullRequest,
  waitLog,
  waiting,
} from "../support/actions.ts";
import { openWorld, type World } from "../support/world.ts";

describe("scenario 49: a hotfix from a release branch, beside a run of main", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s49", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    const shop = deliveryRepository({ name: "shop", apps: { api: api("1") } });
    const branches = { "release/1": { "deploy/api.yaml": api("hotfix") } };
    world = await openWorld({
      seed: {
        organisation: "fabrikam",
        projects: [
          {
            name: "shop",
            repositories: [
              { ...shop, branches },
              { name: "manifests", files: { "dev/namespace.yaml": namespaceFile("s49") } },
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
        kustomizations: [{ name: "s49-dev", path: "dev", environment: "dev" }],
      },
      connector: { environments: ["dev"] },
    });
  });
  after(() => world.close());

  const hotfix = async () => {
    const run = await as(world, "admin").send<Build>("POST", "shop/_apis/build/builds", {
      definition: { id: 1 },
      sourceBranch: "refs/heads/release/1",
    });
    await waiting(world, run);
    return { run, pullRequest: await pullRequestOf(world, run) };
  };
  const ofMain = (env: string) =>
    deploy(world, { repository: "shop", files: { "deploy/api.yaml": api(env) } });

  it("takes the place of main's run that waits: it starts later", async () => {
    const main = await ofMain("2");
    const fix = await hotfix();
    assert.equal(await ended(world, main.run), "canceled");
    const older = await readPullRequest(world, main.pullRequest.pullRequestId);
    assert.equal(older.status, "abandoned");
    await complete(world, fix.pullRequest);
    assert.equal(
      await ended(world, fix.run),
      "succeeded",
      (await waitLog(world, fix.run)).join("\n"),
    );
  });

  it("says what the target would lose by it, and gives way to main's run that starts later", async () => {
    const main = await ofMain("3");
    await complete(world, main.pullRequest);
    assert.equal(await ended(world, main.run), "succeeded");
    // Main is deployed: the hotfix does not have its commits, and has to say so.
    const fix = await hotfix();
    const { description = "" } = await readPullRequest(world, fix.pullRequest.pullRequestId);
    assert.match(description, /REGRESSES/);
    const later = await ofMain("4");
    assert.equal(await ended(world, fix.run), "canceled");
    await complete(world, later.pullRequest);
    assert.equal(await ended(world, later.run), "succeeded");
  });
});
