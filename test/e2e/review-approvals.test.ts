import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { getTimeline } from "../../clients/azure-devops/builds.ts";
import { listPendingApprovals } from "../../clients/azure-devops/approvals.ts";
import { runUrl } from "../../core/azure-devops/urls.ts";
import { axeProblems, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { eventually } from "../support/eventually.ts";
import { clientOf } from "../support/sandbox.ts";
import type { HubWorld } from "./hub-world.ts";
import { write } from "./operator-world.ts";
import { useHub } from "./use-hub.ts";

describe("an approval that a run waits for", function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: HubWorld;

  useHub(async (...opened) => {
    [browser, world] = opened;
    await world.observe({
      ...{ environment: "prod", cluster: "west", active: true, leftOut: 0 },
      ...{ observedAt: new Date().toISOString(), objects: [], workloads: [] },
    });
  });

  const asks = async (environment: string) => {
    const run = await world.openRun({ environment, writes: write(environment), asks: true });
    const build = clientOf(world.sandbox, "build");
    await eventually("the approval", async () => {
      const open = await listPendingApprovals(build, { project: "shop" });
      return open.find(({ pipeline }) => pipeline?.owner?.id === run.build);
    });
    return run;
  };
  const stageOf = (build: number) =>
    eventually("the end of the stage", async () => {
      const of = { project: "shop", build };
      const { records = [] } = (await getTimeline(clientOf(world.sandbox, "build"), of)) ?? {};
      return records.find(
        ({ type, refName, result }) =>
          type === "Stage" && (refName ?? "tell") === "tell" && typeof result === "string",
      )?.result;
    });

  it("is decided in the review, which says what was seen, and by nobody else", async () => {
    const { id, build } = await asks("prod");
    const other = await openExtensionPage(browser, world.reviewUrl(id), { identity: "developer" });
    await other.frame.waitForSelector("text=Only Ari Approver can decide.");
    const { frame, complaints } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=Stage Tell the customers of");
    await frame.waitForSelector("text=A vote is recorded for this result");
    assert.deepEqual(await axeProblems(frame), []);
    await frame.click("button:has-text('Decide…')");
    await frame.waitForSelector(`[role=dialog] >> text=/review of !${id}, digest [0-9a-f]{8}/`);
    await frame.fill("[role=dialog] textarea", "Told them");
    await frame.click("[role=dialog] button:has(:text-is('Approve'))");
    await frame.waitForSelector("text=You approved it: Stage Tell the customers.");
    assert.equal(await stageOf(build), "succeeded");
    assert.deepEqual(complaints, []);
  });

  it("is decided in the run's tab, beside the review, and on the hub's page", async () => {
    const { organisationUrl } = world.sandbox;
    const first = await asks("dev");
    const tab = `${runUrl({ organisationUrl, project: "shop", build: first.build })}&view=fluxgate.fluxgate.run`;
    const { frame } = await openExtensionPage(browser, tab);
    await frame.waitForSelector("text=Stage Tell the customers of");
    await frame.waitForSelector("h2:has-text('shop → dev')");
    await frame.waitForSelector("text=A vote is recorded for this result");
    assert.deepEqual(await axeProblems(frame), []);
    const hub = await openExtensionPage(browser, world.awaitsUrl);
    await hub.frame.click("button:has-text('Decide…')");
    await hub.frame.waitForSelector("[role=dialog] button[aria-disabled=true]:has-text('Reject')");
    await hub.frame.fill("[role=dialog] textarea", "Not on a Friday");
    await hub.frame.click("[role=dialog] button:has(:text-is('Reject'))");
    await hub.frame.waitForSelector("text=You rejected it: A stage.");
    assert.equal(await stageOf(first.build), "failed");
    await hub.frame.click("li:has-text('shop → dev') >> text=Review here");
    await hub.frame.waitForSelector("h1:has-text('shop → dev')");
    await hub.frame.waitForSelector("text=A vote is recorded for this result");
    await hub.page.goBack();
    await hub.frame.waitForSelector("h1:has-text('Awaits review')");
    assert.deepEqual(hub.complaints, []);
  });
});
