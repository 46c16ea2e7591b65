import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { kustomization, workload } from "../hub/a-snapshot.ts";
import { axeProblems, openExtensionPage, seeOn } from "../../sandbox/test/portal/browser.ts";
import type { HubWorld } from "./hub-world.ts";
import { folder, shop } from "./shop-objects.ts";
import { useHubForEach } from "./use-hub.ts";

const next = { api: "1.5.0", web: "2.1.0" };
const write = (environment: string) =>
  folder({ environment, objects: shop(next), images: next, run: "" });

describe("the environments of a project", function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: HubWorld;

  useHubForEach((...opened) => {
    [browser, world] = opened;
  });

  /** dev healthy, staging failed, prod silent with a run that waits for a review. */
  async function threeEnvironments() {
    const first = await world.headOfMain();
    for (const environment of ["staging", "prod"]) {
      await world.report(first, {
        name: `shop/${environment}`,
        state: "succeeded",
        description: "",
      });
    }
    const dev = await world.push({ branch: "main", message: "dev", writes: write("dev") });
    await world.report(dev, { name: "shop/dev", state: "succeeded", description: "" });
    const staging = await world.push({
      branch: "main",
      message: "staging",
      writes: write("staging"),
    });
    const description = "ImagePullBackOff: Deployment shop/api";
    for (const name of ["shop/staging", "staging"]) {
      await world.report(staging, { name, state: "failed", description });
    }
    const seen = { active: true, observedAt: new Date().toISOString(), leftOut: 0 };
    await world.observe({
      ...seen,
      environment: "staging",
      cluster: "weu",
      objects: [kustomization("shop", "failing", "HealthCheckFailed: Deployment/shop/api")],
      workloads: [workload("web", "current"), workload("api", "failed", "ImagePullBackOff")],
    });
    const observedAt = new Date(Date.now() - 20 * 60_000).toISOString();
    const prod = { ...seen, observedAt, environment: "prod", cluster: "weu" };
    await world.observe({ ...prod, objects: [kustomization("shop", "in-sync")], workloads: [] });
    return world.openRun({ environment: "prod", writes: write("prod") });
  }

  it("shows what runs where, how it is, how old that is, and who waits", async () => {
    const { id } = await threeEnvironments();
    const { frame, complaints } = await openExtensionPage(browser, world.environmentsUrl);
    await frame.waitForSelector("table");
    const cells = await frame.locator("tbody td").allInnerTexts();
    const [dev = "", staging = "", prod = ""] = cells.map((cell) => cell.replaceAll(/\s+/g, " "));
    assert.match(dev, /Healthy just now running api 1\.5\.0 web 2\.1\.0/);
    assert.match(
      staging,
      /Failed just now ImagePullBackOff: Deployment shop\/api wanted api 1\.5\.0 .* last healthy api 1\.4\.0.* in the cluster api 1\.5\.0/,
    );
    assert.match(prod, new RegExp(`Healthy when last seen .* !${id} to review`));
    assert.match(prod, /shop-cd \S+ has (just begun to wait|been waiting)/);
    const head = (await frame.innerText("thead")).replaceAll(/\s+/g, " ");
    assert.match(
      head,
      /dev no report of a cluster staging weu: seen just now prod weu: stale: last report 20 minutes ago/,
    );
    assert.deepEqual(complaints, []);
  });

  it("opens an environment with the root cause first, by a link that lasts", async () => {
    await threeEnvironments();
    const { page, frame } = await openExtensionPage(browser, world.environmentsUrl);
    await frame.click("button:has-text('staging')");
    await frame.waitForSelector("text=Root cause");
    await page.waitForURL(/environment=staging/);
    const again = await openExtensionPage(browser, page.url());
    await again.frame.waitForSelector("text=Root cause");
    const [first = ""] = await again.frame.locator(".fg-items tbody tr").allInnerTexts();
    assert.match(first.replaceAll(/\s+/g, " "), /Failed Deployment shop\/api ImagePullBackOff/);
    await again.frame.click("button:has-text('All environments')");
    await again.frame.waitForSelector("text=shop-manifests");
  });

  it("leads to the pull request that waits for a review", async () => {
    const { id } = await threeEnvironments();
    const { page, frame } = await openExtensionPage(browser, world.environmentsUrl);
    await frame.click(`text=!${id} to review`);
    await page.waitForURL(new RegExp(`/pullrequest/${id}\\?_a=`));
    assert.equal(new URL(page.url()).searchParams.get("_a"), "fluxgate.fluxgate.review");
  });

  it("shows what is about to be deployed for the first time", async () => {
    const { id } = await world.openRun({ environment: "canary", writes: write("canary") });
    const { frame } = await openExtensionPage(browser, world.environmentsUrl);
    await frame.waitForSelector(`text=!${id} to review`);
    assert.match(await frame.innerText("thead"), /canary/);
    await frame.waitForSelector("text=Not deployed yet");
  });

  it("says so when there is nothing yet", async () => {
    const { frame } = await openExtensionPage(browser, world.environmentsUrl);
    await seeOn(frame, "text=No environment yet");
  });

  it("works without a connector's reports", async () => {
    await threeEnvironments();
    world.sandbox.organisation().documents.clear();
    const { frame } = await openExtensionPage(browser, world.environmentsUrl);
    await frame.waitForSelector("text=shop-manifests");
    assert.doesNotMatch(await frame.innerText("thead"), /weu/);
  });

  it("shows the rest where one part cannot be read", async () => {
    await threeEnvironments();
    const writes = { "dev/.fluxgate/shop.json": "{" };
    await world.push({ branch: "main", message: "Damage", writes });
    const { frame } = await openExtensionPage(browser, world.environmentsUrl);
    await frame.waitForSelector("text=/shop.json: the ownership index is not valid JSON/");
    const head = (await frame.innerText("thead")).replaceAll(/\s+/g, " ");
    assert.match(head, /^Application staging .* prod/);
  });

  for (const theme of ["light", "dark", "high-contrast"] as const) {
    it(`has nothing that axe finds, in ${theme}`, async () => {
      await threeEnvironments();
      const { frame } = await openExtensionPage(browser, world.environmentsUrl, { theme });
      await frame.waitForSelector("table");
      assert.deepEqual(await axeProblems(frame), []);
      await frame.click("button:has-text('staging')");
      await frame.waitForSelector("text=Root cause");
      assert.deepEqual(await axeProblems(frame), []);
    });
  }
});
