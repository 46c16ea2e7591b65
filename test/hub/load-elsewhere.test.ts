// Whether the environment before runs the same, and how it is there.
import assert from "node:assert/strict";
import { createMemory } from "../../hub/data/memory.ts";
import { loadContext } from "../../hub/data/load-context.ts";
import { loadPullRequest } from "../../hub/data/load-pull-request.ts";
import { elsewhereLine } from "../../hub/view/context/elsewhere-line.ts";
import { folder, shop } from "../e2e/shop-objects.ts";
import { type HubWorld, startHubWorld } from "../e2e/hub-world.ts";
import { clientOf } from "../support/sandbox.ts";

const extension = { publisher: "fluxgate", name: "fluxgate" };
const images = { api: "1.5.0", web: "2.1.0" };
const source = "4567012345670123456701234567012345670123";
const write = (environment: string, more: Partial<Parameters<typeof folder>[0]> = {}) =>
  folder({ environment, objects: shop(images), images, run: "", source, ...more });

describe("what is said of the environment before", function () {
  this.timeout(60_000);
  let world: HubWorld;
  let id: number;
  before(async () => {
    world = await startHubWorld();
    const older = await world.headOfMain();
    await world.report(older, { name: "shop/staging", state: "succeeded", description: "healthy" });
    ({ id } = await world.openRun({ environment: "prod", writes: write("prod") }));
  });
  after(async () => {
    assert.deepEqual(world.sandbox.unhandled(), []);
    await world.stop();
  });

  async function lines() {
    const ado = clientOf(world.sandbox, "reader");
    const { repo } = world;
    const { comparison, target, pullRequest } = await loadPullRequest(ado, { repo, id, extension });
    const { elsewhere, target: state } = await loadContext(
      ado,
      {
        ...{ repo, project: pullRequest.repository.project.id, id, extension, target },
        ...{
          comparison: comparison ?? assert.fail("not compared"),
          head: await world.headOfMain(),
          into: { repository: pullRequest.repository, branch: "main" },
        },
      },
      createMemory(),
    );
    assert.ok("value" in elsewhere && "value" in state);
    return { ...elsewhereLine(elsewhere.value, { now: Date.now(), odd: [] }), state: state.value };
  }

  it("is not what was said of an older commit there: of the newest nobody has said anything yet", async () => {
    await world.push({ branch: "main", message: "staging", writes: write("staging") });
    const { tone, text } = await lines();
    assert.equal(tone, "warning");
    assert.match(text, /are wanted in staging; no connector has said yet how they are/);
  });

  it("is what was said of the delivery's commit, though another's came since", async () => {
    const commit = await world.headOfMain();
    await world.report(commit, {
      name: "shop/staging",
      state: "succeeded",
      description: "healthy",
    });
    const writes = { "staging/others/a.yaml": "apiVersion: v1\nkind: Namespace\n" };
    await world.push({ branch: "main", message: "Another's", writes });
    const { tone, text } = await lines();
    assert.deepEqual([tone, /have been healthy in staging/.test(text)], ["good", true]);
  });

  it("is not well where somebody changed or removed a file there by hand", async () => {
    const path = "staging/api/shop_v1_service_api.yaml";
    const writes = { [path]: `${write("staging")[path] ?? ""}# by hand\n` };
    const deletes = ["staging/api/shop_v1_secret_api.yaml"];
    await world.push({ branch: "main", message: "By hand", writes, deletes });
    const { tone, text } = await lines();
    assert.equal(tone, "warning");
    assert.match(
      text,
      /files there are not as rendered \(api\/shop_v1_service_api\.yaml and 1 more\)/,
    );
  });

  it("is of the folder that the delivery has there, not of another's with that environment", async () => {
    const text = write("prod")["prod/.fluxgate/shop.json"] ?? "";
    const freeze = {
      ...{ apiVersion: "fluxgate.dev/v1", kind: "Freeze", environment: "prod" },
      ...{ from: "2026-01-01T00:00:00Z", reason: "Christmas" },
    };
    const writes = {
      "a/prod/.fluxgate/pay.json": text.replace('"delivery": "shop"', '"delivery": "pay"'),
      "a/prod/.fluxgate/freeze.json": JSON.stringify(freeze),
    };
    await world.push({ branch: "main", message: "Another delivery", writes });
    assert.equal((await lines()).state.freeze.kind, "none");
  });

  it("is of the target itself no word either, where its newest commit was never judged", async () => {
    const older = await world.headOfMain();
    await world.report(older, { name: "shop/prod", state: "succeeded", description: "healthy" });
    const writes = write("prod", { source: "0".repeat(40) });
    await world.push({ branch: "main", message: "prod", writes });
    assert.equal((await lines()).state.verdict, undefined);
  });
});
