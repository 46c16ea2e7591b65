import assert from "node:assert/strict";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { eventually } from "../support/eventually.ts";
import { choose, picture, staysAt, tabTo } from "./by-keyboard.ts";
import type { HubWorld } from "./hub-world.ts";
import { staging, threeEnvironments, write } from "./operator-world.ts";
import { useHub } from "./use-hub.ts";

// No mouse in here: every step is a key.
describe("with the keyboard alone", function () {
  this.timeout(180_000);
  let browser: Browser;
  let world: HubWorld;

  useHub(async (...opened) => {
    [browser, world] = opened;
    await threeEnvironments(world);
  });
  const inFrame = (page: Page): FrameLocator => page.frameLocator("iframe.portal-frame");
  const see = (page: Page, what: string) => inFrame(page).locator(what).first().waitFor();

  it("an operator comes from red by its cause and the way back of one app to green", async () => {
    const { page } = await openExtensionPage(browser, world.environmentsUrl);
    await see(page, "table");
    await picture(page, "operator-1-red");
    await choose(page, /^Failed: open shop\/api in staging$/);
    await see(page, "text=ImagePullBackOff of image shop/api:1.5.0");
    await picture(page, "operator-2-cause");
    await choose(page, /^Way back: [0-9a-f]{8} \([^)]+\) was healthy$/);
    const { keyboard } = page;
    await see(page, "text=/was seen healthy in staging/");
    await see(page, "text=Taking back shop/api in staging");
    await picture(page, "operator-3-way-back");
    await tabTo(page, /^Why/);
    await keyboard.type("it lost orders");
    await choose(page, /^Open the pull request that takes shop\/api in staging back$/);
    await staysAt(page, /takes shop\/api in staging back: review it$/);
    await keyboard.press("Enter");
    await page.waitForURL(/pullrequest\/\d+\?_a=fluxgate.fluxgate.review/);
    const id = Number(/pullrequest\/(\d+)/.exec(page.url())?.[1]);
    await see(page, "text=registry.fabrikam.com/shop/api");
    await picture(page, "operator-4-review");
    await choose(page, /^Complete$/);
    const merge = await eventually("the merge", async () => {
      const { status, lastMergeCommit, description } = await world.pullRequest(id);
      assert.match(description ?? "", /it lost orders/);
      assert.match(description ?? "", /Afterwards api is held/);
      return status === "completed" ? lastMergeCommit?.commitId : undefined;
    });
    for (const name of ["shop/staging", "staging"]) {
      await world.report(merge, { name, state: "succeeded", description: "" });
    }
    const { workloads } = staging();
    const well = { health: "current", cause: "" };
    await world.observe(staging({ workloads: workloads.map((one) => ({ ...one, ...well })) }));
    const after = await openExtensionPage(browser, world.environmentsUrl);
    await see(after.page, "td[data-environment='staging'] >> text=Healthy");
    await picture(after.page, "operator-5-green");
    const cells = after.frame.locator("td[data-environment='staging']");
    const texts = (await cells.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " "));
    assert.match(texts.join("\n"), /running api 1\.4\.0/);
  });

  it("an approver goes from what awaits review to the merge, and keeps the place", async () => {
    const { id } = await world.openRun({ environment: "prod", writes: write("prod") });
    const { page } = await openExtensionPage(browser, world.awaitsUrl);
    await see(page, `text=!${id}`);
    await choose(page, new RegExp(`^!${id} `));
    await page.waitForURL(/pullrequest\/\d+\?_a=fluxgate.fluxgate.review/);
    await see(page, "text=registry.fabrikam.com/shop/api");
    await picture(page, "approver-1-review");
    await choose(page, /^Approve$/);
    await see(page, "text=/You approved .*what is shown here/");
    await staysAt(page, /^Approved$/);
    await picture(page, "approver-2-approved");
    await choose(page, /^Complete$/);
    await eventually("the merge", async () =>
      (await world.pullRequest(id)).status === "completed" ? true : undefined,
    );
    await picture(page, "approver-3-completed");
  });

  it("help, search and going back are a key each, and the focus comes back", async () => {
    const { page, frame } = await openExtensionPage(browser, world.environmentsUrl);
    const { keyboard } = page;
    await see(page, "table");
    await tabTo(page, /^Help \(\?\)$/);
    await keyboard.press("?");
    await see(page, "text=Keys");
    await keyboard.press("Escape");
    await frame.waitForSelector("text=Keys", { state: "detached" });
    await staysAt(page, /^Help \(\?\)$/);
    await keyboard.press("/");
    await staysAt(page, /^Search/);
    await keyboard.type("nobody has it");
    await see(page, "text=/None of \\d applications fits the filter/");
    await staysAt(page, /^Search/);
    await choose(page, /^Show all$/);
    await see(page, "table");
    await keyboard.press("/");
    await keyboard.type("shop/api");
    await eventually("the search in the address", async () =>
      /q=shop%2Fapi/.test(page.url()) ? true : undefined,
    );
    await choose(page, /open shop\/api in prod$/);
    await see(page, "h1:has-text('shop/api in prod')");
    await page.goBack();
    await see(page, "h1:has-text('Environments')");
    assert.equal(
      await inFrame(page).locator("input[type=search]").first().inputValue(),
      "shop/api",
    );
  });
});
