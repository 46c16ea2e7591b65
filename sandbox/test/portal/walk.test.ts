// The whole loop as people walk it in a browser: no git, no REST, no kubectl in their hands.
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { ensureBuilt } from "../../../scripts/build/ensure-built.ts";
import { demoPipelines, demoSeed } from "../../demo/demo-seed.ts";
import { startLoop, type Loop } from "../../../scripts/start/start-loop.ts";
import { ensureAgentTools } from "../../../scripts/tools.ts";
import { openBrowser, openPortal } from "./browser.ts";

const long = { timeout: 120_000 };

describe("the whole loop in the portal", function () {
  this.timeout(300_000);
  let browser: Browser;
  let loop: Loop;
  let base: string;

  before(async function () {
    const opened = await openBrowser();
    if (opened === undefined) return this.skip();
    browser = opened;
    await ensureBuilt(["hub", "portal", "tasks", "connector"]);
    const seed = demoSeed(await ensureAgentTools());
    loop = await startLoop({
      ...{ form: "embedded", seed, pipelines: demoPipelines },
      fluxTimings: { minimumTimeout: 5_000 },
      connector: { timings: { letters: "500ms", discovery: "2s", look: "500ms", grace: "5s" } },
      manifests: {
        repository: "shop-manifests",
        interval: "2s",
        kustomizations: ["dev", "staging", "prod"].map((environment) => ({
          name: `shop-${environment}`,
          ...{ path: environment, environment },
        })),
      },
    });
    base = `${loop.sandbox.organisationUrl}/shop`;
  });
  after(async () => {
    await browser?.close();
    await loop?.close();
  });

  const newestRun = async (page: Page, pipeline: string) => {
    await page.goto(`${base}/_build`);
    await page.click(`tr:has-text("${pipeline}") >> text=/^#/`, long);
  };

  it("goes from an edited file over its review to the running pods and on to the next stage", async () => {
    // A developer changes the greeting on a branch and completes the pull request.
    const file = `${base}/_git/shop?path=/services/web/main.js`;
    const { page } = await openPortal(browser, file, { identity: "developer" });
    await page.click("button:has(:text-is('Edit'))");
    const editor = page.locator("textarea");
    const text = await editor.inputValue();
    await editor.fill(text.replace("Welcome to the shop", "Welcome to the new shop"));
    await page.click("button:has(:text-is('Commit'))");
    await page.fill("[role=dialog] input >> nth=0", "Greet customers of the new shop");
    await page.fill("[role=dialog] input >> nth=1", "new-greeting");
    await page.click("[role=dialog] button:has(:text-is('Commit'))");
    await page.waitForSelector("text=No merge conflicts");
    await page.click("button:has(:text-is('Complete'))");
    await page.click("button:has(:text-is('Complete merge'))");
    await page.waitForSelector("text=Merged by Dana Developer");

    // CI runs, then CD until it waits, holding no agent.
    await newestRun(page, "shop-cd");
    await page.waitForSelector("main >> text=No agent held", long);
    await page.waitForSelector("tr:has-text('Wait for Flux') >> text=/In progress|Pending/", long);

    // An approver looks at what would change, approves and completes it there.
    await page.selectOption("label:has-text('Signed in as') select", "approver");
    await page.goto(`${base}/_git/shop-manifests/pullrequests`);
    await page.click("main >> text=/Deploy shop to dev/", long);
    await page.click("nav[aria-label='Pull request'] >> text=Review");
    const review = page.frameLocator("iframe.portal-frame");
    await review.locator("text=/objects added/").waitFor(long);
    await review.locator("button:has-text('Approve')").click();
    await review.locator("text=You approved").first().waitFor(long);
    await review.locator("button:has-text('Complete')").click();
    await review.locator("text=/Completed by Ari Approver/").waitFor(long);

    // Flux applies it, the connector resumes the run, and the next environment's turn comes.
    await newestRun(page, "shop-cd");
    await page.waitForSelector("[aria-label='Stage dev'] >> text=Succeeded", long);
    await page.goto(`${base}/_git/shop-manifests/pullrequests`);
    await page.waitForSelector("main >> text=/Deploy shop to staging/", long);
    await page.goto(`${base}/_git/shop-manifests/commits`);
    await page.click("table[aria-label=Commits] tbody tr >> nth=0 >> a");
    await page.waitForSelector("[aria-label=Statuses] >> text=fluxgate/shop/dev");
    assert.match(await page.innerText("[aria-label=Statuses]"), /Succeeded/);
    assert.deepEqual(loop.sandbox.unhandled(), []);
  });
});
