import assert from "node:assert/strict";
import { as, ended, push, runOf, waitLog } from "../support/actions.ts";
import type { PullRequest } from "../../core/azure-devops/types.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 52: an environment without review (mode: direct)", () => {
  const api = (tag: string) =>
    deployment({ name: "api", namespace: "s52", image: `registry.fabrikam.com/api:${tag}` });
  const delivery = `apiVersion: fluxgate.dev/v1
kind: Delivery
metadata: { name: shop }
apps: [{ name: api, render: [{ copy: { path: deploy/api.yaml } }] }]
environments: [{ name: dev, pullRequest: { mode: direct } }]
`;
  let world: World;
  beforeEach(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s52") },
      kustomizations: [{ name: "s52-dev", path: "dev", environment: "dev" }],
    });
  });
  afterEach(() => world.close());

  const deployed = async (tag: string) => {
    const files = { "fluxgate.yaml": delivery, "deploy/api.yaml": api(tag) };
    const run = await runOf(world, await push(world, "shop", { files }));
    return { result: await ended(world, run), last: (await waitLog(world, run)).at(-1) ?? "" };
  };

  it("waits for the commit on the branch: green when it runs, red when it does not", async () => {
    const good = await deployed("2");
    assert.equal(good.result, "succeeded");
    assert.match(good.last, /is deployed in dev and healthy/);
    const bad = await deployed("broken-1");
    assert.equal(bad.result, "failed");
    assert.match(bad.last, /ImagePullBackOff/);
    const { value } = await as(world, "reader").get<{ value: readonly PullRequest[] }>(
      "shop/_apis/git/repositories/manifests/pullrequests?searchCriteria.status=all",
    );
    assert.deepEqual(value, []);
  });
});
