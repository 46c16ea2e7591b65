import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, statuses, waitLog, waitRecord } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { meddling } from "../support/meddling.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 8: the connector is killed at every request that it makes", function () {
  this.timeout(300_000);
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s8k", image: "registry.fabrikam.com/api:1", env });
  const meddled = meddling();
  let world: World;
  let over = false;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s8k") },
      kustomizations: [{ name: "s8k-dev", path: "dev", environment: "dev" }],
      connector: { env: meddled.env },
    });
  });
  after(async () => {
    over = true;
    await world.close();
    meddled.remove();
  });

  /** As Kubernetes does: whenever it is dead it is started again. */
  async function keepAlive(): Promise<void> {
    let seen = 0;
    while (!over) {
      const { length } = meddled.killedAt();
      if (length > seen) {
        seen = length;
        await world.stopConnector("SIGKILL");
        await world.startConnector().catch(() => undefined);
      } else {
        await new Promise((resume) => setTimeout(resume, 50));
      }
    }
  }

  for (const [index, when] of (["before", "after"] as const).entries()) {
    it(`${when} it: the run ends as without it, once`, async () => {
      over = false;
      meddled.give({ killAtEach: when });
      const alive = keepAlive();
      const { run, pullRequest } = await deploy(world, {
        repository: "shop",
        files: { "deploy/api.yaml": api(`${index + 2}`) },
      });
      await complete(world, pullRequest);
      assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
      assert.equal((await waitRecord(world, run))?.result, "succeeded");
      const carrier = pullRequest.lastMergeSourceCommit?.commitId ?? "";
      await eventually("the letter to be closed", async () => {
        const letters = (await statuses(world, carrier)).filter(
          ({ context }) => context.name === "wait/shop/dev",
        );
        return letters.at(-1)?.state === "succeeded" ? true : undefined;
      });
      over = true;
      await alive;
      const killed = meddled.killedAt();
      process.stdout.write(`      killed ${when} ${killed.length} requests\n`);
      // Fewer requests are made than there are steps: that is the budget's doing.
      assert.ok(killed.length > 15, killed.join("\n"));
      // After it another request under way may have been the death first, and nobody asks again.
      assert.ok(
        when === "after" || killed.some((name) => /^POST .*\/events$/.test(name)),
        killed.join("\n"),
      );
    });
  }
});
