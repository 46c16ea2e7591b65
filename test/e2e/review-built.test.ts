import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { openBrowser, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";
import { startHubWorld } from "./hub-world.ts";

const config = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\n";
const list = (suffix: string) => `resources: [settings.yaml]\nnameSuffix: -${suffix}\n`;

const deployment = (app: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: main, image: "registry.fabrikam.com/api:1" }] }
`;

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

  it("shows what Flux' own code builds of it, and what the API server's refuses, in the browser", async () => {
    const world = await startHubWorld();
    await world.observe({
      ...{ environment: "prod", cluster: "west", active: true, leftOut: 0 },
      ...{ observedAt: new Date().toISOString(), objects: [], workloads: [] },
    });
    const at = "other/prod";
    const plain = "other/plain/api.yaml";
    const writes = {
      ...{ [`${at}/kustomization.yaml`]: list("old"), [`${at}/settings.yaml`]: config },
      [plain]: deployment("api"),
    };
    await world.push({ branch: "main", message: "Settings", writes });
    const { id } = await world.openRun({
      environment: "prod",
      writes: { [`${at}/kustomization.yaml`]: list("new"), [plain]: deployment("web") },
    });
    const { frame, complaints } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=settings-new", { timeout: 90_000 });
    const text = (await frame.innerText("main")).replaceAll(/\s+/g, " ");
    assert.match(text, /1 object added, 1 changed, 1 removed/);
    assert.match(text, /settings-old/);
    assert.doesNotMatch(text, /its effect is not known here/);
    // It is asked once this stands, and changes nothing of what a vote is for.
    const digest = /digest (\w{8})/.exec(text)?.[1] ?? assert.fail(text);
    const refusal = "the API server would refuse this: spec.selector";
    await frame.waitForSelector(`text=${refusal}`, { timeout: 90_000 });
    const later = (await frame.innerText("main")).replaceAll(/\s+/g, " ");
    assert.match(later, /\(Kubernetes 1\.\d+\) would refuse 1 of 2 objects, as the risks say/);
    assert.doesNotMatch(later, /changes spec\.selector, which cannot be changed/);
    assert.equal(/digest (\w{8})/.exec(later)?.[1], digest);
    assert.deepEqual(complaints, []);
    await world.stop();
  });

  it("says what it could not build, and why, where the frame may not compile WebAssembly", async () => {
    // With each file, pages and workers: WebAssembly may not be compiled.
    const world = await startHubWorld({ policy: "script-src * 'unsafe-inline' blob:" });
    const at = "other/prod";
    const plain = "other/plain/api.yaml";
    const writes = {
      ...{ [`${at}/kustomization.yaml`]: list("old"), [`${at}/settings.yaml`]: config },
      [plain]: deployment("api"),
    };
    await world.push({ branch: "main", message: "Settings", writes });
    const { id } = await world.openRun({
      environment: "prod",
      writes: { [`${at}/kustomization.yaml`]: list("new"), [plain]: deployment("web") },
    });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    const said = "its effect is not known here";
    await frame.waitForSelector(`text=${said}`, { timeout: 90_000 });
    const text = (await frame.innerText("main")).replaceAll(/\s+/g, " ");
    assert.match(text, /its effect is not known here \(.*Content Security Policy/i);
    assert.doesNotMatch(text, /settings-new|no known risk/i);
    const unasked = "The API server's own code was not asked what it would refuse";
    const line = await frame.waitForSelector(`text=${unasked}`, { timeout: 90_000 });
    assert.match(await line.innerText(), /Content Security Policy/i);
    assert.match(text, /changes spec\.selector, which cannot be changed/);
    await world.stop();
  });
});
