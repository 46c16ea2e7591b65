import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { runUrl } from "../../core/azure-devops/urls.ts";
import { expectedDifferencesFile } from "../../core/expected-differences.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { axeProblems, openBrowser, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { clientOf } from "../support/sandbox.ts";
import { type HubWorld, startHubWorld } from "./hub-world.ts";
import { staging, write } from "./operator-world.ts";

describe("what became of a run, and the settings of a project", function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: HubWorld;

  before(async function () {
    const opened = await openBrowser();
    if (opened === undefined) return this.skip();
    browser = opened;
    await ensureBuilt(["hub", "portal"]);
    world = await startHubWorld();
  });
  after(async () => {
    await browser?.close();
    if (world) assert.deepEqual(world.sandbox.unhandled(), []);
    await world?.stop();
  });

  it("are told in a tab of a run that waits for Flux", async () => {
    const { id, build } = await world.openRun({ environment: "prod", writes: write("prod") });
    const { organisationUrl } = world.sandbox;
    const tabOf = (run: number) =>
      `${runUrl({ organisationUrl, project: "shop", build: run })}&view=fluxgate.fluxgate.run`;
    const { frame } = await openExtensionPage(browser, tabOf(build));
    await frame.waitForSelector("h2:has-text('shop to prod')");
    await frame.waitForSelector(`text=!${id} opened`);
    assert.deepEqual(await axeProblems(frame), []);
    // A run that waits for something that no run has made.
    const commit = await world.headOfMain();
    const queued = await clientOf(world.sandbox, "developer").http({
      method: "POST",
      url: `${organisationUrl}/shop/_apis/build/builds?api-version=7.1`,
      json: { definition: { id: 1 }, templateParameters: { commit, environment: "dev" } },
    });
    const none = await openExtensionPage(browser, tabOf(queued.json<{ id: number }>().id));
    await none.frame.waitForSelector("text=This run has opened no manifests pull request");
  });

  it("are repositories, environments and rules, each with the place where it is changed", async () => {
    const rules = {
      expected: [{ path: "spec.replicas", reason: "prod runs more" }, { path: "x" }],
    };
    await world.push({
      branch: "main",
      message: "Expect",
      writes: { [expectedDifferencesFile]: JSON.stringify(rules) },
    });
    await world.observe(staging());
    const hub = world.environmentsUrl.replace(/environments$/, "settings");
    const { frame, complaints } = await openExtensionPage(browser, hub);
    await frame.waitForSelector("h2:has-text('shop-manifests')");
    const seen = (await frame.innerText("body")).replaceAll(/\s+/g, " ");
    assert.match(seen, /staging in staging: weu seen just now/);
    assert.match(seen, /prod in prod: no report of a cluster/);
    assert.match(seen, /has 1 rule;/);
    assert.match(seen, /spec\.replicas of any object: prod runs more/);
    assert.match(seen, /rule 2 has no reason/);
    assert.deepEqual(await axeProblems(frame), []);
    assert.deepEqual(complaints, []);
  });
});
