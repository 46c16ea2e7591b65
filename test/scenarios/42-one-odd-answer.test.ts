import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, statuses, waitLog } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { meddling, type Orders } from "../support/meddling.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 42: one odd answer of every call", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s42", image: "registry.fabrikam.com/api:1", env });
  const meddled = meddling();
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s42") },
      kustomizations: [{ name: "s42-dev", path: "dev", environment: "dev" }],
      connector: { env: meddled.env },
    });
  });
  after(async () => {
    await world.close();
    meddled.remove();
  });

  const kinds: readonly NonNullable<Orders["odd"]>[] = [
    ...(["404", "400", "500", "empty", "cut", "wrong", "empty-list"] as const),
  ];
  for (const [index, odd] of kinds.entries()) {
    it(`${odd}: the run ends as without it`, async () => {
      await world.stopConnector();
      meddled.give({ odd });
      meddled.forget();
      await world.startConnector();
      const { run, pullRequest } = await deploy(world, {
        repository: "shop",
        files: { "deploy/api.yaml": api(`${index + 2}`) },
      });
      await said(world, run, /waiting for the merge/);
      await complete(world, pullRequest);
      assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
      const log = await waitLog(world, run);
      assert.equal(log.filter((line) => /is deployed in dev and healthy$/.test(line)).length, 1);
      const carrier = pullRequest.lastMergeSourceCommit?.commitId ?? "";
      await eventually("the letter to be closed", async () => {
        const letters = (await statuses(world, carrier)).filter(
          ({ context }) => context.name === "wait/shop/dev",
        );
        return letters.at(-1)?.state === "succeeded" ? true : undefined;
      });
      assert.ok(new Set(meddled.calls()).size > 20, [...new Set(meddled.calls())].join("\n"));
    });
  }
});
