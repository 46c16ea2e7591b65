import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { runConnector, type ConnectorRun } from "../connector/connector-process.ts";
import { complete, deploy, ended, statuses, waitLog } from "../support/actions.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { eventually } from "../support/eventually.ts";
import { meddling } from "../support/meddling.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 44: the leader of two replicas is killed while it ends a deployment", function () {
  this.timeout(300_000);
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s44", image: "registry.fabrikam.com/api:1", env });
  const meddled = [meddling(), meddling()] as const;
  const leaseMs = 3_000;
  let world: World;
  let replicas: ConnectorRun[] = [];
  let config: string;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s44") },
      kustomizations: [{ name: "s44-dev", path: "dev", environment: "dev" }],
    });
    await world.stopConnector();
    const usual = parse(readFileSync(join(world.directory, "connector.yaml"), "utf8")) as object;
    const leaderElection = { lease: "flux-system/fluxgate-s44", duration: `${leaseMs}ms` };
    config = join(world.directory, "replicas.yaml");
    writeFileSync(config, stringify({ ...usual, leaderElection }));
  });
  afterEach(async () => {
    for (const replica of replicas) await replica.stop();
    replicas = [];
  });
  after(async () => {
    await world.close();
    for (const one of meddled) one.remove();
  });

  function start(of: (typeof meddled)[number]): ConnectorRun {
    const env = { FLUXGATE_TOKEN: "sandbox-connector", ...of.env };
    const replica = runConnector(["--config", config], env, 240_000);
    replicas.push(replica);
    return replica;
  }

  const completions = (of: (typeof meddled)[number]) =>
    of.calls().filter((name) => /^POST .*\/events$/.test(name)).length;

  for (const [index, when] of (["before", "after"] as const).entries()) {
    it(`${when} its TaskCompleted: the other one goes on, and it is heard once`, async () => {
      const [one, two] = meddled;
      for (const each of meddled) {
        each.give({});
        each.forget();
      }
      const first = start(one);
      await first.says(/^The connector is ready$/);
      const second = start(two);
      await second.says(/^Stands by for lease/);
      one.give({ killAtEach: when, match: "/events$" });
      const { run, pullRequest } = await deploy(world, {
        repository: "shop",
        files: { "deploy/api.yaml": api(`${index + 2}`) },
      });
      assert.ok(!second.lines().some(({ msg }) => /Leads by lease/.test(msg)), second.output());
      await complete(world, pullRequest);
      await eventually("the leader to die", () => one.killedAt()[0], { withinMs: 60_000 });
      const died = Date.now();
      await second.says(/^Leads by lease/);
      const took = Date.now() - died;
      assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
      const carrier = pullRequest.lastMergeSourceCommit?.commitId ?? "";
      await eventually("the letter to be closed", async () => {
        const letters = (await statuses(world, carrier)).filter(
          ({ context }) => context.name === "wait/shop/dev",
        );
        return letters.at(-1)?.state === "succeeded" ? true : undefined;
      });
      // The first one was killed at the only one that it tried.
      const heard = completions(two) + (when === "after" ? 1 : 0);
      assert.equal(heard, 1);
      assert.ok(took < 4 * leaseMs, `took over after ${took} ms`);
    });
  }

  it("writes nothing while it stands by, and takes over at once what is given back", async () => {
    const [one, two] = meddled;
    for (const each of meddled) {
      each.give({});
      each.forget();
    }
    const first = start(one);
    await first.says(/^The connector is ready$/);
    const second = start(two);
    await second.says(/^Stands by for lease/);
    first.terminate();
    await first.ended();
    await second.says(/^The connector is ready$/);
    const writes = two.calls().filter((name) => !name.startsWith("GET"));
    const before = second.lines().findIndex(({ msg }) => /^Leads by lease/.test(msg));
    assert.ok(before >= 0);
    assert.ok(
      writes.every((name) => !/\/events$/.test(name)),
      writes.join("\n"),
    );
  });
});
