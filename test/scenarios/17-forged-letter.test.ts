import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { as, complete, deploy, ended, said, statuses, waitRecord } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 17: somebody forges a letter", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s17", image: "registry.fabrikam.com/api:1", env });
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s17") },
      kustomizations: [{ name: "s17-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  it("refuses it and says why; the real wait goes its own way", async () => {
    await world.stopConnector();
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    const carrier = pullRequest.lastMergeSourceCommit?.commitId ?? "";
    const [letter] = await statuses(world, carrier);
    // A developer copies the letter to a commit that is deployed already, hoping for its success.
    const old = pullRequest.lastMergeTargetCommit?.commitId ?? "";
    const { state, description, targetUrl, context } = letter ?? {};
    await as(world, "developer").send(
      "POST",
      `shop/_apis/git/repositories/manifests/refs?api-version=7.1`,
      [
        {
          name: `refs/heads/fluxgate/shop/dev/${run.id}-9`,
          oldObjectId: "0".repeat(40),
          newObjectId: old,
        },
      ],
    );
    await postAsDeveloper(old, { state, description, targetUrl, context });
    // And says on the real carrier that the wait is over.
    await postAsDeveloper(carrier, { state: "succeeded", description, targetUrl, context });
    await world.startConnector();
    await eventually("the connector to refuse it", () =>
      world.connectorSays().find((line) => /^Letter refused: it is by Dana Developer/.test(line)),
    );
    assert.equal((await waitRecord(world, run))?.state, "pending");

    await said(world, run, /waiting for the merge/);
    await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
  });

  async function postAsDeveloper(commit: string, status: object): Promise<void> {
    const path = `shop/_apis/git/repositories/manifests/commits/${commit}/statuses`;
    await as(world, "developer").send("POST", path, status);
  }
});
