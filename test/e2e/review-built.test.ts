import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
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
    // With each file, pages and workers: WebAssembly may not be compiled.
    const world = await startHubWorld({ policy: "script-src * 'unsafe-inline' blob:" });
    const at = "other/prod";
    const writes = { [`${at}/kustomization.yaml`]: list("old"), [`${at}/settings.yaml`]: config };
    await world.push({ branch: "main", message: "Settings", writes });
    const { id } = await world.openRun({
      environment: "prod",
      writes: { [`${at}/kustomization.yaml`]: list("new") },
    });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    const said = "its effect is not known here";
    await frame.waitForSelector(`text=${said}`, { timeout: 90_000 });
    const text = (await frame.innerText("main")).replaceAll(/\s+/g, " ");
    assert.match(text, /its effect is not known here \(.*Content Security Policy/i);
    assert.doesNotMatch(text, /settings-new|no known risk/i);
    await world.stop();
  });
});
