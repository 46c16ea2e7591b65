import assert from "node:assert/strict";
import type { Browser, Frame, Page } from "playwright-core";
import { openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { kustomization, workload } from "../hub/a-snapshot.ts";
import type { HubWorld } from "./hub-world.ts";
import { folder, shop } from "./shop-objects.ts";
import { useHub } from "./use-hub.ts";

describe("the hub on a narrow screen", function () {
  this.timeout(120_000);
  const next = { api: "1.5.0", web: "2.1.0" };
  const write = (environment: string) =>
    folder({ environment, objects: shop(next), images: next, run: "" });
  let browser: Browser;
  let world: HubWorld;
  let review = "";

  useHub(async (...opened) => {
    [browser, world] = opened;
    await world.observe({
      ...{ active: true, observedAt: new Date().toISOString(), leftOut: 0 },
      ...{ environment: "staging", cluster: "weu" },
      objects: [
        kustomization("shop", "failing", `HealthCheckFailed: ${"Deployment/shop/api ".repeat(8)}`),
      ],
      workloads: [workload("web", "current"), workload("api", "failed", "ImagePullBackOff")],
    });
    const { id } = await world.openRun({ environment: "prod", writes: write("prod") });
    review = world.reviewUrl(id);
  });
  after(async () => {
    await browser?.close();
    await world?.stop();
  });

  // The frame alone at 400 px, as an organisation's page on a phone gives it.
  async function narrowed(url: string): Promise<{ readonly page: Page; readonly frame: Frame }> {
    const { page, frame } = await openExtensionPage(browser, url);
    await page.setViewportSize({ width: 400, height: 900 });
    await page.addStyleTag({
      content: `iframe.portal-frame { position: fixed !important; inset: 0 !important;
        width: 400px !important; height: 900px !important; }`,
    });
    await frame.waitForFunction("window.innerWidth === 400");
    return { page, frame };
  }
  const sideways = (frame: Frame) =>
    frame.evaluate("document.documentElement.scrollWidth - window.innerWidth");

  it("never scrolls sideways", async () => {
    for (const url of [
      world.environmentsUrl,
      `${world.environmentsUrl}?environment=staging`,
      review,
    ]) {
      const { frame } = await narrowed(url);
      assert.equal(await sideways(frame), 0, url);
    }
  });

  it("shows a cause in words, not one letter a line", async () => {
    const { frame } = await narrowed(`${world.environmentsUrl}?environment=staging`);
    const cause = frame.locator("td", { hasText: "ImagePullBackOff" }).first();
    const box = await cause.boundingBox();
    assert.ok(box !== null && box.width > 200 && box.height < 60, JSON.stringify(box));
  });
});
