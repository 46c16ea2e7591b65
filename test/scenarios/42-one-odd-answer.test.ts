import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, statuses, waitLog } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { meddling, type Orders } from "../support/meddling.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 42: one odd answer of every call", () => {
  const api = (env: string, tag = "1") =>
    deployment({ name: "api", namespace: "s42", image: `registry.fabrikam.com/api:${tag}`, env });
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
      // Once more of every call, now that it counts.
      meddled.give({ odd });
      await complete(world, pullRequest);
      assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
      const log = await waitLog(world, run);
      const ends = log.filter((line) => /is deployed in dev and healthy$/.test(line)).length;
      // What takes a log's line with 200, whatever else it says, has taken it for all that is known.
      if (/^\d+$/.test(odd)) assert.equal(ends, 1, log.join("\n"));
      else assert.ok(ends <= 1, log.join("\n"));
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

  it("makes nothing green that is not", async () => {
    meddled.give({});
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("broken", "broken-1") },
    });
    await said(world, run, /waiting for the merge/);
    meddled.give({ odd: "empty-list" });
    const commit = await complete(world, pullRequest);
    assert.equal(await ended(world, run), "failed");
    assert.match((await waitLog(world, run)).join("\n"), /ImagePullBackOff/);
    const green = (await statuses(world, commit)).filter(
      ({ state, context }) => state === "succeeded" && /^(shop\/)?dev$/.test(context.name),
    );
    assert.deepEqual(green, []);
  });

  it("says of no folder that it is not there", () => {
    const said = world.connectorSays().filter((line) => line.includes("no folder"));
    assert.deepEqual(said, []);
  });
});
