import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { axeProblems, openExtensionPage, seeOn } from "../../sandbox/test/portal/browser.ts";
import type { HubWorld } from "./hub-world.ts";
import { useHubForEach } from "./use-hub.ts";

describe("what awaits review in a project", function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: HubWorld;

  useHubForEach(async (...opened) => {
    [browser, world] = opened;
    await world.observe({
      ...{ environment: "prod", cluster: "west", active: true, leftOut: 0 },
      ...{ observedAt: new Date().toISOString(), objects: [], workloads: [] },
    });
  });

  const object = (kind: string, name: string, body = "") =>
    `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop }\n${body}`;
  const settings = (environment: string) => ({
    [`${environment}/settings.yaml`]: object("ConfigMap", "settings", "data: { a: b }\n"),
  });
  const balancer = object(
    "Service",
    "front",
    "spec: { type: LoadBalancer, ports: [{ port: 80 }] }",
  );

  it("stands by its risk; several are approved with one comment, each for what it is", async () => {
    const claim = { "prod/claim.yaml": object("PersistentVolumeClaim", "cache") };
    await world.push({ branch: "main", message: "A claim", writes: claim });
    const easy = await world.openRun({ environment: "dev", writes: settings("dev") });
    const medium = await world.openRun({
      environment: "staging",
      writes: { "staging/front.yaml": balancer },
    });
    const grave = await world.openRun({
      environment: "prod",
      writes: settings("prod"),
      deletes: ["prod/claim.yaml"],
    });
    const { frame, complaints } = await openExtensionPage(browser, world.awaitsUrl);
    await frame.waitForSelector("section:has-text('High risk (1)') >> text=shop → prod");
    // Once the API server's own code, which has to be loaded, refuses nothing of it.
    const slow = { timeout: 90_000 };
    await frame.waitForSelector("section:has-text('Medium risk (1)') >> text=shop → staging", slow);
    await frame.waitForSelector("section:has-text('No known risk (1)') >> text=shop → dev");
    assert.equal(await frame.locator("input[type=checkbox]").count(), 2);
    assert.deepEqual(await axeProblems(frame), []);
    for (const box of await frame.locator("input[type=checkbox]").all()) await box.check();
    await frame.fill("[aria-label='Comment for all that are approved']", "Fine for tonight");
    await frame.click("button:has-text('Approve 2 selected')");
    await frame.waitForSelector("text=You approved 2 pull requests.");
    await frame.waitForSelector("section:has-text('Medium risk') >> text=You approved this");
    const votes = async (id: number) =>
      (await world.pullRequest(id)).reviewers?.map(({ vote }) => vote) ?? [];
    assert.deepEqual(await votes(easy.id), [10]);
    assert.deepEqual(await votes(medium.id), [10]);
    assert.deepEqual(await votes(grave.id), []);
    const review = await openExtensionPage(browser, world.reviewUrl(medium.id));
    await review.frame.waitForSelector("text=/You approved today at .*: what is shown here/");
    assert.deepEqual(complaints, []);
  });

  it("never counts what could not be compared among what has no risk", async () => {
    const writes = { "dev/broken.yaml": "a: [" };
    await world.openRun({ environment: "dev", writes });
    const { frame } = await openExtensionPage(browser, world.awaitsUrl);
    await frame.waitForSelector("section:has-text('Not everything was compared or judged (1)')");
    assert.equal(await frame.locator("input[type=checkbox]").count(), 0);
  });

  it("is nothing in words where nothing is open", async () => {
    const { frame } = await openExtensionPage(browser, world.awaitsUrl);
    await seeOn(
      frame,
      "text=No open pull request of a run waits in this project, among those that you may read.",
    );
  });
});
