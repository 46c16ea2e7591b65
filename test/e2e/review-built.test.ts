import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { openBrowser, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";
import { startHubWorld } from "./hub-world.ts";

const config = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n";
const list = (suffix: string) => `resources: [settings.yaml]\nnameSuffix: -${suffix}\n`;

describe("a review of a kustomization that renames", function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async function () {
    const opened = await openBrowser();
    if (opened === undefined) return this.skip();
    browser = opened;
    await ensureBuilt(["hub", "portal"]);
    if ((await kubeFromCache()) === undefined) this.skip();
  });
  after(() => browser?.close());

  it("shows what Flux' own code builds of it in the browser", async () => {
    const world = await startHubWorld();
    await world.observe({
      ...{ environment: "prod", cluster: "west", active: true, leftOut: 0 },
      ...{ observedAt: new Date().toISOString(), objects: [], workloads: [] },
    });
    const at = "other/prod";
    const writes = { [`${at}/kustomization.yaml`]: list("old"), [`${at}/settings.yaml`]: config };
    await world.push({ branch: "main", message: "Settings", writes });
    const { id } = await world.openRun({
      environment: "prod",
      writes: { [`${at}/kustomization.yaml`]: list("new") },
    });
    const { frame, complaints } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=settings-new", { timeout: 90_000 });
    const text = (await frame.innerText("main")).replaceAll(/\s+/g, " ");
    assert.match(text, /1 object added, 1 removed/);
    assert.match(text, /settings-old/);
    assert.doesNotMatch(text, /its effect is not known here/);
    assert.deepEqual(complaints, []);
    await world.stop();
  });

  it("says what it could not build, and why, where the frame may not compile WebAssembly", async () => {
    const world = await startHubWorld();
    const at = "other/prod";
    const writes = { [`${at}/kustomization.yaml`]: list("old"), [`${at}/settings.yaml`]: config };
    await world.push({ branch: "main", message: "Settings", writes });
    const { id } = await world.openRun({
      environment: "prod",
      writes: { [`${at}/kustomization.yaml`]: list("new") },
    });
    const { frame } = await openExtensionPage(underPolicy(browser), world.reviewUrl(id));
    const said = "its effect is not known here";
    await frame.waitForSelector(`text=${said}`, { timeout: 90_000 });
    const text = (await frame.innerText("main")).replaceAll(/\s+/g, " ");
    assert.match(text, /its effect is not known here \(.*Content Security Policy/i);
    assert.doesNotMatch(text, /settings-new|no known risk/i);
    await world.stop();
  });
});

/** A browser that is told with each file, pages and workers, not to compile WebAssembly. */
function underPolicy(browser: Browser): Browser {
  const newPage = async (options?: Parameters<Browser["newPage"]>[0]): Promise<Page> => {
    const page = await browser.newPage(options);
    // What a test answers in a server's place counts as a stranger to this machine's addresses.
    await page.context().grantPermissions(["local-network-access"]);
    await page.route(/\.(html|js)(\?|$)/, async (route) => {
      const response = await route.fetch();
      const policy = "script-src * 'unsafe-inline' blob:";
      const headers = { ...response.headers(), "content-security-policy": policy };
      await route.fulfill({ response, headers });
    });
    return page;
  };
  return { newPage } as unknown as Browser;
}
