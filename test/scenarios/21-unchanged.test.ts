import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { as, complete, deploy, ended, push, runOf, waitLog } from "../support/actions.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 21: a run that renders what is there already", () => {
  const api = (tag: string) =>
    deployment({ name: "api", namespace: "s21", image: `registry.fabrikam.com/api:${tag}` });
  let world: World;
  beforeEach(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s21") },
      kustomizations: [{ name: "s21-dev", path: "dev", environment: "dev" }],
    });
  });
  afterEach(() => world.close());

  const deployOnce = async (tag: string) => {
    const first = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api(tag) },
    });
    await complete(world, first.pullRequest);
    return ended(world, first.run);
  };
  const runAgain = async () =>
    runOf(world, await push(world, "shop", { files: { "README.md": `${Date.now()}\n` } }));
  const pullRequests = async () =>
    (
      await as(world, "reader").get<{ value: readonly PullRequest[] }>(
        "shop/_apis/git/repositories/manifests/pullrequests?searchCriteria.status=all",
      )
    ).value.length;

  it("opens no pull request, and passes when what is there is healthy", async () => {
    assert.equal(await deployOnce("2"), "succeeded");
    const again = await runAgain();
    assert.equal(await ended(world, again), "succeeded");
    assert.equal(await pullRequests(), 1);
    assert.match((await waitLog(world, again)).at(-1) ?? "", /is deployed in dev and healthy/);
  });

  it("opens no pull request, and fails when what is there is broken", async () => {
    assert.equal(await deployOnce("broken-1"), "failed");
    const again = await runAgain();
    assert.equal(await ended(world, again), "failed");
    assert.equal(await pullRequests(), 1);
    assert.match((await waitLog(world, again)).at(-1) ?? "", /ImagePullBackOff/);
  });
});
