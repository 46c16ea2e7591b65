import assert from "node:assert/strict";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { readManifest } from "../../scripts/package/extension-manifest.ts";
import { stageExtension } from "../../scripts/package/stage-extension.ts";
import { openBrowser, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { kustomization, workload } from "../hub/a-snapshot.ts";
import { type HubWorld, startHubWorld } from "./hub-world.ts";
import { folder, shop } from "./shop-objects.ts";

describe("the hub under another publisher", function () {
  this.timeout(120_000);
  const copy = { publisher: "contoso", name: "gitops" };
  const next = { api: "1.5.0", web: "2.1.0" };
  let browser: Browser;
  let world: HubWorld;

  before(async function () {
    const opened = await openBrowser();
    if (opened === undefined) return this.skip();
    browser = opened;
    await ensureBuilt(["hub", "portal", "tasks"]);
    const manifestFile = join(stageExtension(readManifest(), copy).folder, "vss-extension.json");
    world = await startHubWorld({ manifestFile, extension: copy });
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });

  it("shows what its own connector wrote, and links to its own review", async () => {
    await world.observe({
      ...{ active: true, observedAt: new Date().toISOString(), leftOut: 0 },
      ...{ environment: "dev", cluster: "weu" },
      objects: [kustomization("shop", "in-sync")],
      workloads: [workload("api", "current")],
    });
    const { id } = await world.openRun({
      environment: "dev",
      writes: folder({ environment: "dev", objects: shop(next), images: next, run: "" }),
    });
    const { page, frame } = await openExtensionPage(browser, world.environmentsUrl);
    await frame.waitForSelector("text=weu: seen just now");
    await frame.click(`text=!${id} to review`);
    await page.waitForURL(new RegExp(`/pullrequest/${id}\\?_a=contoso.gitops.review`));
    const review = await openExtensionPage(browser, world.reviewUrl(id));
    assert.deepEqual(review.complaints, []);
  });
});
