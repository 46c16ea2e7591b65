import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, waitLog } from "../support/actions.ts";
import { meddling } from "../support/meddling.ts";
import { startWorld, type World } from "../support/world.ts";

const minute = 60_000;

describe("scenario 43: the clock of the connector's machine is off", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s43", image: "registry.fabrikam.com/api:1", env });
  const meddled = meddling();
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s43") },
      kustomizations: [{ name: "s43-dev", path: "dev", environment: "dev" }],
      connector: { env: meddled.env },
    });
  });
  after(async () => {
    await world.close();
    meddled.remove();
  });

  for (const [index, hours] of [70 / 60, -70 / 60, 100, 0].entries()) {
    it(`is ${hours.toFixed(2)} h: the wait has its time all the same`, async () => {
      await world.stopConnector();
      meddled.give({ skewMs: hours * 60 * minute });
      await world.startConnector();
      const { run, pullRequest } = await deploy(world, {
        repository: "shop",
        files: { "deploy/api.yaml": api(`${index + 2}`) },
      });
      await said(world, run, /waiting for the merge/);
      // It is set right, or wrong the other way, while somebody waits.
      meddled.give({ skewMs: -hours * 60 * minute });
      await complete(world, pullRequest);
      assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
    });
  }
});
