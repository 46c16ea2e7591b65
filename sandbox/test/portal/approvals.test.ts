import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { seeOn } from "./browser.ts";
import { withPortal } from "./with-portal.ts";

const done = { timeout: 60_000 };

describe("approvals in the portal", function () {
  this.timeout(120_000);
  const { world, open } = withPortal({ approvers: ["approver"] });

  const signInAs = (page: Page, identity: string) =>
    page.selectOption("label:has-text('Signed in as') select", identity);

  it("holds a stage until the one who is asked approves it there", async () => {
    const id = await world().run("shop-ci");
    const { page, complaints } = await open(`_build/results?buildId=${id}`, {
      identity: "developer",
    });
    const stage = "[aria-label='Stage Release it']";
    await page.waitForSelector(`${stage} >> text=Pending`, done);
    await page.click("[aria-label='Review the approval of Release it']", done);
    await page.waitForSelector("[role=dialog] >> text=Only Ari Approver can decide.");
    const approve = page.locator("[role=dialog] button:has(:text-is('Approve'))");
    assert.equal(await approve.getAttribute("aria-disabled"), "true");
    await page.keyboard.press("Escape");

    await signInAs(page, "approver");
    await page.click("[aria-label='Review the approval of Release it']");
    await page.fill("[role=dialog] textarea", "Good to go");
    await approve.click();
    await page.waitForSelector(`${stage} >> text=Succeeded`, done);
    assert.deepEqual(complaints, []);
  });

  it("lists what waits, over all pipelines, and takes a rejection with its reason", async () => {
    const id = await world().run("shop-ci");
    const { page } = await open("_approvals");
    await page.waitForSelector("[aria-label='Pending approvals'] >> text=shop-ci", done);
    await page.click("main button:has-text('Review')");
    await page.fill("[role=dialog] textarea", "Not on a Friday");
    await page.click("[role=dialog] button:has(:text-is('Reject'))");
    await page.waitForSelector("text=Nothing waits for an approval");
    await page.goto(`${world().base}/_build/results?buildId=${id}`);
    await seeOn(page, "[aria-label='Stage Release it'] >> text=Failed", done);
  });

  it("shows what an environment asks of a run", async () => {
    const { page } = await open("_environments");
    await page.click("main >> text=production");
    await page.click("main >> text=Approvals and checks");
    await seeOn(page, "table[aria-label='Approvals and checks'] >> text=Ari Approver");
  });
});
