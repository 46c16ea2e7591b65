import assert from "node:assert/strict";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import {
  as,
  buildOf,
  complete,
  deploy,
  ended,
  manifestFile,
  push,
  runOf,
  said,
} from "../support/actions.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { eventually } from "../support/eventually.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 35: a retry after an attempt that found nothing to change", () => {
  const api = (tag: string) =>
    deployment({ name: "api", namespace: "s35", image: `registry.fabrikam.com/api:${tag}` });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s35") },
      kustomizations: [{ name: "s35-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  const file = "dev/api/s35_apps_v1_deployment_api.yaml";
  const deployed = async (tag: string) => {
    const files = { "deploy/api.yaml": api(tag) };
    const { run, pullRequest } = await deploy(world, { repository: "shop", files });
    await complete(world, pullRequest);
    return ended(world, run);
  };
  const secondAttempt = async (build: number) => {
    const { value } = await as(world, "reader").get<{ value: readonly PullRequest[] }>(
      "shop/_apis/git/repositories/manifests/pullrequests?searchCriteria.status=active",
    );
    return value.find(({ sourceRefName }) => sourceRefName.endsWith(`/${build}-2`));
  };

  it("waits for the merge of its own pull request, and is not green before", async () => {
    assert.equal(await deployed("2"), "succeeded");
    const good = {
      [file]: await manifestFile(world, file),
      "dev/.fluxgate/shop.json": await manifestFile(world, "dev/.fluxgate/shop.json"),
    };
    assert.equal(await deployed("broken-1"), "failed");
    // The same again: nothing to change, and what is there is broken.
    const run = await runOf(world, await push(world, "shop", { files: { "README.md": "x\n" } }));
    assert.equal(await ended(world, run), "failed");
    await push(world, "manifests", { files: good, message: "Revert", as: "admin" });
    await as(world, "admin").send("PATCH", `shop/_apis/build/builds/${run.id}/stages/dev`, {
      ...{ state: "retry", forceRetryAllJobs: true },
    });
    const pullRequest = await eventually("the second attempt", () => secondAttempt(run.id), {
      withinMs: 60_000,
    });
    await said(
      world,
      run,
      new RegExp(`waiting for the merge of pull request !${pullRequest.pullRequestId}`),
    );
    assert.equal((await buildOf(world, run)).status, "inProgress");
  });
});
