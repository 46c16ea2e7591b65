import assert from "node:assert/strict";
import { seeOn } from "./browser.ts";
import { withPortal } from "./with-portal.ts";

describe("runs in the portal", function () {
  this.timeout(120_000);
  const { world, open } = withPortal();
  const done = { timeout: 60_000 };

  it("runs a pipeline with parameters, shows its stages and its log, and records the deployment", async () => {
    const { page, complaints } = await open("_build", { identity: "developer" });
    await page.click("[aria-label='Run shop-ci']");
    await page.fill("text=Greeting >> xpath=following::input[1]", "good morning");
    await page.click(".bolt-panel-footer button:has-text('Run'), .bolt-panel button.primary");
    await page.waitForSelector("[aria-label='Stage Release it'] >> text=Succeeded", done);
    await page.waitForSelector("text=No agent held");
    await page.click("main >> text=Compile");
    await page.click("nav[aria-label='Stages, jobs and tasks'] >> text=Say something");
    await page.waitForSelector("[role=log] >> text=it says good morning");
    // The extension's own Environments stands there too.
    await page.click("nav[aria-label=Project] >> a[href$='/_environments']");
    await page.click("main >> text=production");
    await page.waitForSelector("[aria-label=Deployments] >> text=shop-ci");
    assert.match(await page.innerText("[aria-label=Deployments]"), /Succeeded/);
    assert.deepEqual(complaints, []);
  });

  it("shows what failed first, and tries the stage again", async () => {
    const id = await world().run("shop-ci", { outcome: "bad" });
    const { page } = await open(`_build/results?buildId=${id}`, { identity: "developer" });
    await page.waitForSelector("[aria-label='Errors 1'] >> text=See whether it is good", done);
    await page.click("[aria-label='Retry stage Build it']");
    await seeOn(page, "[aria-label='Stage Build it'] >> text=attempt 2", done);
  });

  it("follows a log while it is written, and cancels the run", async () => {
    const id = await world().run("slow");
    const { page } = await open(`_build/results?buildId=${id}&view=logs`, {
      identity: "developer",
    });
    await page.waitForSelector("[role=log] >> text=begun", done);
    await page.waitForSelector("text=1 agent held");
    await page.click("button:has-text('Cancel')");
    await seeOn(page, "main >> text=Canceled", done);
    await page.waitForSelector("button:has-text('Cancel')", { state: "detached" });
  });

  it("says to a reader that running is not theirs, before the click", async () => {
    const { page } = await open("_build", { identity: "reader" });
    await page.waitForSelector("text=You need the permission Queue builds");
    const run = page.locator("main button:has-text('Run') >> nth=0");
    assert.equal(await run.getAttribute("aria-disabled"), "true");
  });
});
