import assert from "node:assert/strict";
import type { Browser, Frame, Page } from "playwright-core";
import { axeProblems, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { eventually } from "../support/eventually.ts";
import type { HubWorld } from "./hub-world.ts";
import { useHubForEach } from "./use-hub.ts";

describe("the objects of a review", function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: HubWorld;

  useHubForEach((...opened) => {
    [browser, world] = opened;
  });

  const settings = (name: string, level: string, version = "1") => ({
    [`dev/${name}.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop, labels: { helm.sh/chart: "c-${version}" } }\ndata: { level: ${level} }\n`,
  });

  it("are filtered by what they hold, and the minor ones are one counted line", async () => {
    const before = { ...settings("cache", "low"), ...settings("queue", "low") };
    await world.push({ branch: "main", message: "Settings", writes: before });
    const writes = { ...settings("cache", "high"), ...settings("queue", "low", "2") };
    const { id } = await world.openRun({ environment: "dev", writes });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=1 object with minor edits only");
    assert.equal(await frame.locator("li.fg-object").count(), 1);
    await frame.click("text=Show them");
    await frame.waitForSelector("li.fg-object:has-text('queue')");
    await frame.fill("input[type=search]", "configmap cache");
    await frame.waitForSelector("text=1 of 2 shown");
    assert.equal(await frame.locator("li.fg-object:has-text('queue')").count(), 0);
    await frame.fill("input[type=search]", "nothing like it");
    await frame.waitForSelector("text=No object fits the filter.");
    assert.deepEqual(await axeProblems(frame), []);
  });

  it("are ticked as viewed by each for himself, until their change is another", async () => {
    const { id, build } = await world.openRun({
      environment: "dev",
      writes: { ...settings("cache", "low"), ...settings("queue", "low") },
    });
    const { page, frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.locator("li.fg-object:has-text('cache') input").focus();
    await page.keyboard.press("Space");
    await frame.click("li.fg-object:has-text('queue') label");
    await frame.waitForSelector("text=2 of 2 viewed");
    await eventually("the ticks on a page that is opened anew", async () => {
      const again = await openExtensionPage(browser, world.reviewUrl(id));
      await again.frame.waitForSelector("text=/[0-9] of 2 viewed/");
      return (await again.frame.locator("text=2 of 2 viewed").count()) === 1 ? true : undefined;
    });
    const other = await openExtensionPage(browser, world.reviewUrl(id), { identity: "admin" });
    await other.frame.waitForSelector("text=0 of 2 viewed");
    const branch = `fluxgate/shop/dev/${build}`;
    const writes = settings("queue", "high");
    await world.push({ branch, onto: branch, message: "By hand", writes });
    await frame.waitForSelector("text=1 of 2 viewed");
  });

  const text = (first: string) => `  text: |\n    ${first}\n${"    the same\n".repeat(6)}`;
  const six = (first: string) =>
    Object.fromEntries(
      Array.from({ length: 6 }, (_, n) => [
        `dev/c${n}.yaml`,
        `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${n}, namespace: shop }\ndata:\n${text(`${first} ${"long ".repeat(40)}`)}`,
      ]),
    );

  it("stand in a tree of files beside the list, with keys, an address and sides of their own", async () => {
    await world.observe({
      ...{ environment: "dev", cluster: "weu", active: true, leftOut: 0, workloads: [] },
      ...{ observedAt: new Date().toISOString(), objects: [] },
    });
    await world.push({ branch: "main", message: "Six", writes: six("old") });
    const { id } = await world.openRun({ environment: "dev", writes: six("new") });
    const { page, frame, complaints } = await openExtensionPage(browser, world.reviewUrl(id));
    const tree = frame.locator("nav[aria-label='Objects by file']");
    await tree.locator("button").nth(5).waitFor();
    assert.equal(await tree.locator("button").count(), 6);
    await frame.click("text=Close all");
    await tree.locator("button:has-text('c4')").click();
    await frame.waitForSelector("li.fg-object:has-text('c4') button[aria-expanded=true]:focus");
    await frame.click("li.fg-object:has-text('c4') label");
    await tree.locator("button:has-text('c4'):has-text('viewed')").waitFor();

    await frame.click("button:has-text('Side by side')");
    const sides = frame.locator(".fg-split-side:has-text('long')");
    await sides.nth(1).waitFor();
    const [left, right] = [await sides.nth(0).boundingBox(), await sides.nth(1).boundingBox()];
    assert.ok(left && right && left.x + left.width <= right.x && left.y === right.y);
    assert.deepEqual(await axeProblems(frame), []);
    for (const width of [1280, 1024, 624]) {
      await page.setViewportSize({ width, height: 900 });
      const [whole, seen] = await frame.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.ok((whole ?? 0) <= (seen ?? 0), `${whole} of ${seen} at ${width}`);
    }
    const below = [await sides.nth(0).boundingBox(), await sides.nth(1).boundingBox()];
    assert.ok((below[0]?.y ?? 0) < (below[1]?.y ?? 0));
    assert.equal(await tree.isVisible(), false);
    await page.setViewportSize({ width: 1280, height: 900 });
    await useKeys(page, frame);
    assert.deepEqual(complaints, []);
  });

  async function useKeys(page: Page, frame: Frame): Promise<void> {
    const { keyboard } = page;
    const at = (name: string) => `li.fg-object:has-text('shop/${name}') .fg-object-head:focus`;
    await frame.locator("li.fg-object:has-text('shop/c4') .fg-object-head").focus();
    await keyboard.press("j");
    await frame.waitForSelector(at("c5"));
    // c4 is viewed: the one before c5 that is not is c3.
    await keyboard.press("p");
    await frame.waitForSelector(at("c3"));
    await keyboard.press("v");
    await frame.waitForSelector("text=2 of 6 viewed");
    await keyboard.press("?");
    await frame.waitForSelector(".fg-help >> text=tick the object as viewed");
    assert.deepEqual(await axeProblems(frame), []);
    await keyboard.press("Escape");
    await page.waitForURL(/#object=ConfigMap\+shop%2Fc3&layout=split&view=review$/);
    // The address leads there again, opened and side by side.
    await page.reload();
    const anew = page.frameLocator("iframe.portal-frame");
    await anew.locator(`${at("c3")}[aria-expanded=true]`).waitFor();
    await anew.locator("button:has-text('Inline')").waitFor();
  }
});
