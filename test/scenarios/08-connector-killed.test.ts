import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { complete, deploy, ended, said, statuses, waitLog } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 8: the connector is killed at every step and started again", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s8", image: "registry.fabrikam.com/api:1", env });
  const kustomization = [
    "kustomizations.kustomize.toolkit.fluxcd.io",
    "s8-dev",
    "-n",
    "flux-system",
  ];
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s8") },
      kustomizations: [{ name: "s8-dev", path: "dev", environment: "dev" }],
    });
  });
  after(() => world.close());

  const killAndRestart = async () => {
    await world.stopConnector("SIGKILL");
    await world.startConnector();
  };

  it("goes on from what Azure DevOps, git and Flux say", async () => {
    await world.stopConnector("SIGKILL");
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await world.startConnector();
    await said(world, run, /waiting for the merge/);
    await killAndRestart();

    await suspend(true);
    const merge = await complete(world, pullRequest);
    await said(world, run, /suspended/);
    await killAndRestart();

    await suspend(false);
    assert.equal(await ended(world, run), "succeeded");
    const log = await waitLog(world, run);
    const ends = log.filter((line) => line.startsWith(`${merge.slice(0, 8)} is deployed in dev`));
    assert.equal(ends.length, 1, log.join("\n"));
  });

  it("closes the letter when it was killed between the job's end and the letter's", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("3") },
    });
    await said(world, run, /waiting for the merge/);
    // From now on the service takes no status: the job ends, its letter stays open.
    Object.assign(world.sandbox.organisation().faults, {
      path: /commits\/[0-9a-f]+\/statuses/,
      method: "POST",
      unavailable: { remaining: 1_000_000 },
    });
    await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
    await world.stopConnector("SIGKILL");
    world.sandbox.organisation().faults.unavailable.remaining = 0;
    await world.startConnector();
    const carrier = pullRequest.lastMergeSourceCommit?.commitId ?? "";
    await eventually("the letter to be closed", async () => {
      const letters = (await statuses(world, carrier)).filter(
        ({ context }) => context.name === "wait/shop/dev",
      );
      return letters.at(-1)?.state === "pending" ? undefined : true;
    });
  });

  const suspend = (suspended: boolean) =>
    world.kubectl(
      ...["patch", ...kustomization, "--type", "merge", "--patch"],
      JSON.stringify({ spec: { suspend: suspended } }),
    );
});
