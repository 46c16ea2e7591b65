import assert from "node:assert/strict";
import { taskLogUrl } from "../../core/azure-devops/urls.ts";
import { deployment, namespaceFile } from "../support/delivery.ts";
import { as, complete, deploy, ended, said, statuses } from "../support/actions.ts";
import { eventually } from "../support/eventually.ts";
import { meddling } from "../support/meddling.ts";
import { startWorld, type World } from "../support/world.ts";

const git = "shop/_apis/git/repositories/manifests";
const id = "898dc32e-4ca3-5f9a-b6a6-69ee7e414631";

describe("scenario 40: strangers' letters by the hundred", () => {
  const api = (env: string) =>
    deployment({ name: "api", namespace: "s40", image: "registry.fabrikam.com/api:1", env });
  const meddled = meddling();
  let world: World;
  before(async () => {
    world = await startWorld({
      deliveries: [{ name: "shop", apps: { api: api("1") } }],
      manifests: { "dev/namespace.yaml": namespaceFile("s40") },
      kustomizations: [{ name: "s40-dev", path: "dev", environment: "dev" }],
      connector: { env: meddled.env },
    });
  });
  after(async () => {
    await world.close();
    meddled.remove();
  });

  /** As a developer, on a commit: who, and about which build, is what the letters say. */
  async function post(commit: string, of: { readonly build: number; readonly project: string }) {
    const { organisationUrl } = world.sandbox;
    await as(world, "developer").send("POST", `${git}/commits/${commit}/statuses`, {
      ...{ state: "pending", description: "Waiting for Flux (timeoutInMinutes: 60)" },
      context: { genre: "fluxgate", name: "wait/shop/dev" },
      targetUrl: taskLogUrl({ ...of, organisationUrl, job: id, task: id }),
    });
  }

  it("cost no call, and hold nobody up", async () => {
    const { run, pullRequest } = await deploy(world, {
      repository: "shop",
      files: { "deploy/api.yaml": api("2") },
    });
    await said(world, run, /waiting for the merge/);
    const carrier = pullRequest.lastMergeSourceCommit?.commitId ?? "";
    const before = builds().length;
    for (let count = 0; count < 200; count += 1) {
      await post(carrier, { build: 90_000 + count, project: count % 2 ? "shop" : "x<y" });
    }
    await eventually("the connector to have judged them", () =>
      world.connectorSays().filter((line) => /^Letter refused: it is by Dana/.test(line)).length >=
      200
        ? true
        : undefined,
    );
    assert.equal(builds().length, before, builds().join("\n"));
    await complete(world, pullRequest);
    assert.equal(await ended(world, run), "succeeded");
    await eventually("the letter to be closed", async () => {
      const letters = (await statuses(world, carrier)).filter(
        ({ state, context }) => state === "succeeded" && context.name === "wait/shop/dev",
      );
      return letters.length === 1 ? true : undefined;
    });
  });

  // What a letter would have looked up.
  function builds(): readonly string[] {
    return meddled.calls().filter((name) => name === "GET build/builds/{}");
  }
});
