import assert from "node:assert/strict";
import { deployment, namespaceFile } from "../support/delivery.ts";
import {
  buildOf,
  complete,
  deploy,
  ended,
  push,
  readPullRequest,
  said,
  waitLog,
} from "../support/actions.ts";
import { startWorld, type World } from "../support/world.ts";

describe("scenario 5: a newer run supersedes an older one", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s5", image: "registry.fabrikam.com/api:1", env });
  const change = (env: string) => ({
    repository: "shop",
    files: { "deploy/api.yaml": api(env) },
  });
  const kustomization = [
    "kustomizations.kustomize.toolkit.fluxcd.io",
    "s5-dev",
    "-n",
    "flux-system",
  ];
  let world: World;
  beforeEach(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s5") },
      kustomizations: [{ name: "s5-dev", path: "dev", environment: "dev" }],
    });
  });
  afterEach(() => world.close());

  it("abandons the older pull request, which ends the older wait", async () => {
    const older = await deploy(world, change("2"));
    const newer = await deploy(world, change("3"));

    assert.equal(await ended(world, older.run), "canceled");
    const { status } = await readPullRequest(world, older.pullRequest.pullRequestId);
    assert.equal(status, "abandoned");
    assert.match((await waitLog(world, older.run)).at(-1) ?? "", /pull request !1 was abandoned/);

    await complete(world, newer.pullRequest);
    assert.equal(await ended(world, newer.run), "succeeded");
  });

  it("ends the older run as superseded when both were merged between two looks", async () => {
    await suspend(true);
    const older = await deploy(world, change("2"));
    await complete(world, older.pullRequest);
    await said(world, older.run, /suspended/);
    const newer = await deploy(world, change("3"));
    await complete(world, newer.pullRequest);

    assert.equal(await ended(world, older.run), "canceled");
    const last = (await waitLog(world, older.run)).at(-1) ?? "";
    assert.match(last, /superseded by shop-cd \d{8}\.2, whose [0-9a-f]{8} came after/);
    assert.ok((await buildOf(world, older.run)).tags?.includes("fluxgate-superseded"));

    await suspend(false);
    assert.equal(await ended(world, newer.run), "succeeded");
  });

  it("ends the run as superseded by a person who edits one of its files by hand", async () => {
    await suspend(true);
    const { run, pullRequest } = await deploy(world, change("2"));
    await complete(world, pullRequest);
    await said(world, run, /suspended/);
    const commit = await push(world, "manifests", {
      files: { "dev/api/s5_apps_v1_deployment_api.yaml": api("by hand") },
    });

    assert.equal(await ended(world, run), "canceled");
    const last = (await waitLog(world, run)).at(-1) ?? "";
    assert.ok(last.endsWith(`superseded by ${commit.slice(0, 8)} of developer`), last);
    // A suspended one would leave behind what it has applied.
    await suspend(false);
  });

  const suspend = (suspended: boolean) =>
    world.kubectl(
      ...["patch", ...kustomization, "--type", "merge", "--patch"],
      JSON.stringify({ spec: { suspend: suspended } }),
    );
});
