import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import {
  complete,
  deploy,
  ended,
  said,
  statusBecomes,
  statuses,
  waitLog,
} from "../support/actions.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import type { Lie } from "../support/lies.ts";
import { lyingApi, type LyingApi } from "../support/lying-api.ts";
import { fluxForm } from "../support/shared-cluster.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 42: odd answers of every call to the Kubernetes API", function () {
  this.timeout(240_000);
  const api = (env: string, tag = "1") =>
    deployment({ name: "api", namespace: "s42k", image: `registry.fabrikam.com/api:${tag}`, env });
  let world: World;
  let line: LyingApi;
  before(async () => {
    line = await lyingApi();
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s42k") },
      kustomizations: [{ name: "s42k-dev", path: "dev", environment: "dev" }],
      connector: {
        kubeconfig: line.kubeconfig,
        extra: { dev: { snapshot: { events: true, logLines: 5 } } },
      },
    });
    await world.stopConnector();
    const file = join(world.directory, "connector.yaml");
    const leaderElection = { lease: "flux-system/fluxgate-s42k", duration: "6s", cluster: "local" };
    const usual = parse(readFileSync(file, "utf8")) as object;
    writeFileSync(file, stringify({ ...usual, leaderElection }));
  });
  after(async () => {
    await world.close();
    await line.close();
  });

  // Of each route the first answer is the first of them, and so on; then come true ones.
  const all: readonly (readonly Lie[])[] = [
    ["404", "403", "410"],
    ["400", "429", "500"],
    ["empty", "cut", "no JSON", "a Status"],
    [
      ...(["another document", "null items", "no metadata", "no uid nor version"] as const),
      ...(["an end", "an error", "a bookmark"] as const),
    ],
  ];
  // Both forms are read by the same code through the same proxy, which alone lies; at real Flux's pace each
  // group takes a minute: there a refusal of each kind is enough, and all that a watch and a list may hold.
  const groups = fluxForm() === "real" ? [all[0] ?? [], all[3] ?? []] : all;

  for (const [index, group] of groups.entries()) {
    it(`${group.join(", ")}: the run ends as without`, async () => {
      await world.stopConnector();
      line.tell(group);
      await world.startConnector();
      const { run, pullRequest } = await deploy(world, {
        repository: "shop",
        files: { "deploy/api.yaml": api(`${index + 2}`) },
      });
      await said(world, run, /waiting for the merge/);
      // Once more of every call, now that it counts.
      line.tell(group);
      const commit = await complete(world, pullRequest);
      assert.equal(await ended(world, run), "succeeded", (await waitLog(world, run)).join("\n"));
      await statusBecomes(world, { commit, name: "dev", state: "succeeded" });
      assert.ok(line.told().size > 10, [...line.told().keys()].join(", "));
      const red = (await statuses(world, commit)).filter(({ state }) => state === "failed");
      assert.deepEqual(red, []);
    });
  }

  it("makes nothing green that is not", async () => {
    line.tell([]);
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("broken", "broken-1") },
    });
    await said(world, run, /waiting for the merge/);
    line.tell(["404", "another document", "no metadata"]);
    const commit = await complete(world, pullRequest);
    assert.equal(await ended(world, run), "failed");
    assert.match((await waitLog(world, run)).join("\n"), /ImagePullBackOff/);
    const green = (await statuses(world, commit)).filter(
      ({ state, context }) => state === "succeeded" && /^(shop\/)?dev$/.test(context.name),
    );
    assert.deepEqual(green, []);
  });
});
