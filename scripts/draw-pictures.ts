// `npm run pictures`: the documents' pictures, taken from the running product and its sandbox.
import { chromium, type Page } from "playwright-core";
import { demoEnvironments, demoPipelines, demoSeed } from "../sandbox/demo/demo-seed.ts";
import { ensureBuilt } from "./build/ensure-built.ts";
import { ensureKube } from "./kube/ensure-kube.ts";
import { pushDemoChange } from "./start/demo-change.ts";
import { startLoop } from "./start/start-loop.ts";
import { ensureAgentTools } from "./tools.ts";
import { ensureWholeChromium } from "./tools/chromium.ts";

const long = { timeout: 180_000 };

async function drawPictures(): Promise<void> {
  const executablePath = ensureWholeChromium();
  if (executablePath === undefined) throw new Error("Failed to draw: there is no Chromium.");
  // Without them the pictures would say that less was checked than a package checks.
  const kube = await ensureKube();
  await ensureBuilt(["hub", "portal", "tasks", "connector"]);
  const loop = await startLoop({
    ...{ form: "embedded", seed: demoSeed(await ensureAgentTools()), pipelines: demoPipelines },
    agentEnvironment: () => (kube === undefined ? {} : { FLUXGATE_KUBE: kube }),
    connector: { timings: { letters: "1s", discovery: "5s", look: "1s", grace: "15s" } },
    manifests: {
      repository: "shop-manifests",
      interval: "2s",
      kustomizations: demoEnvironments.map((environment) => ({
        name: `shop-${environment}`,
        path: environment,
        environment,
      })),
    },
  });
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    const { pullRequest } = await pushDemoChange(loop.sandbox);
    await page.goto(pullRequest);
    await complete(page);
    const base = `${loop.sandbox.organisationUrl}/shop`;
    await editTag(page, base);
    await page.goto(`${base}/_git/shop-manifests/pullrequests`);
    await page.click("main >> text=/Deploy shop to dev/", long);
    await page.click("nav[aria-label='Pull request'] >> text=Review");
    await page
      .frameLocator("iframe.portal-frame")
      .locator("text=/objects? changed|changed/")
      .first()
      .waitFor(long);
    await page
      .frameLocator("iframe.portal-frame")
      .locator("text=/own code \\(Kubernetes/")
      .waitFor(long);
    await save(page, "review");
    await page.goto(`${base}/_apps/hub/fluxgate.fluxgate.environments`);
    const healthy = page.frameLocator("iframe.portal-frame").locator("td >> text=Healthy");
    await healthy.first().waitFor(long);
    await save(page, "environments");
    await page.goto(`${base}/_build?view=runs`);
    await page.click("tr:has-text('shop-cd') >> text=/#/", long);
    await page.waitForSelector("[aria-label='Stage dev']", long);
    await save(page, "run");
  } finally {
    await browser.close();
    await loop.close();
  }
}

/** Approves and completes the review that is open, and waits until the cluster is healthy. */
async function complete(page: Page): Promise<void> {
  const review = page.frameLocator("iframe.portal-frame");
  await review.locator("button:has-text('Complete')").click(long);
  await review.locator("text=/is healthy|healthy in|deployed/i").first().waitFor(long);
}

/** Another tag of the cache, as a developer changes it in the browser. */
async function editTag(page: Page, base: string): Promise<void> {
  await page.goto(`${base}/_git/shop?path=/deploy/cache/cache.yaml`);
  await page.selectOption("label:has-text('Signed in as') select", "developer");
  await page.click("button:has-text('Edit')");
  const editor = page.locator("textarea");
  await editor.fill((await editor.inputValue()).replace("valkey:9.0", "valkey:9.1"));
  await page.click("button:has-text('Commit')");
  await page.click("[role=dialog] button:has-text('Commit')");
  await page.waitForSelector("text=Committed to main");
  await page.selectOption("label:has-text('Signed in as') select", "approver");
}

async function save(page: Page, name: string): Promise<void> {
  // Toasts go, spinners end.
  await page.waitForTimeout(2000);
  await page.screenshot({ path: `docs/images/${name}.png` });
  console.log(`docs/images/${name}.png`);
}

await drawPictures();
process.exit(0);
