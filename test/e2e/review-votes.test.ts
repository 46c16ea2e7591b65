import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { axeProblems, openExtensionPage, seeOn } from "../../sandbox/test/portal/browser.ts";
import { attachFile } from "../../clients/azure-devops/pull-request-attachments.ts";
import { chartsFileName, writeRenderedCharts } from "../../core/charts/rendered-charts.ts";
import { identityOf } from "../../core/manifests/identity.ts";
import { clientOf } from "../support/sandbox.ts";
import type { HubWorld } from "./hub-world.ts";
import { useHubForEach } from "./use-hub.ts";

describe("a vote in the review", function () {
  this.timeout(120_000);
  let browser: Browser;
  let world: HubWorld;

  useHubForEach((...opened) => {
    [browser, world] = opened;
  });

  const settings = (name: string, value: string) => ({
    [`dev/${name}.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata: { level: ${value} }\n`,
  });

  it("is for what was seen: after a push just the difference is shown, to be approved again", async () => {
    const { id, build } = await world.openRun({
      environment: "dev",
      writes: { ...settings("cache", "low"), ...settings("queue", "low") },
    });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.click("button:has-text('Approve')");
    await frame.waitForSelector("text=/You approved today at .*: what is shown here/");
    const other = await openExtensionPage(browser, world.reviewUrl(id), { identity: "admin" });
    await other.frame.waitForSelector("text=/Ari Approver approved today at .*: what is shown/");

    const branch = `fluxgate/shop/dev/${build}`;
    const writes = settings("queue", "high");
    await world.push({ branch, onto: branch, message: "By hand", writes });
    await frame.waitForSelector("text=/You approved today at .*: it has changed since/");
    await other.frame.waitForSelector("text=/Ari Approver approved .*: it has changed since/");
    const section = frame.locator("section:has-text('Changed since you approved: 1 object')");
    await section.waitFor();
    const text = (await section.innerText()).replaceAll(/\s+/g, " ");
    assert.match(text, /ConfigMap shop\/queue/);
    assert.match(text, /data\.level - ?"?low"? ?\+ ?"?high"?/);
    assert.doesNotMatch(text, /cache/);
    assert.deepEqual(await axeProblems(frame), []);

    await frame.click("button:has-text('Approve')");
    await frame.waitForSelector("text=/You approved today at .*: what is shown here/");
    await section.waitFor({ state: "detached" });
    await frame.click("button:has-text('Complete')");
    await frame.waitForSelector("text=/Completed by Ari Approver/");
  });

  it("was for something else: what is grave in the difference leads to its object there", async () => {
    const claim = {
      "dev/claim.yaml":
        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: claim, namespace: shop }\n",
    };
    await world.push({ branch: "main", message: "A claim", writes: claim });
    const { id, build } = await world.openRun({
      environment: "dev",
      writes: settings("cache", "low"),
    });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.click("button:has-text('Approve')");
    await frame.waitForSelector("text=/You approved today at .*: what is shown here/");
    const branch = `fluxgate/shop/dev/${build}`;
    const deletes = Object.keys(claim);
    await world.push({ branch, onto: branch, message: "By hand", writes: {}, deletes });
    const section = frame.locator("section:has-text('Changed since you approved: 1 object')");
    const row = section.locator("button[aria-expanded]:has-text('shop/claim')");
    await row.click();
    await section.locator("button[aria-expanded=false]:has-text('shop/claim')").waitFor();
    await section.locator(".fg-link:has-text('shop/claim')").click();
    await section.locator("button[aria-expanded=true]:focus").waitFor();
    const ids = await frame.evaluate(() => [...document.querySelectorAll("[id]")].map((x) => x.id));
    assert.equal(new Set(ids).size, ids.length);
  });

  it("stands while the target branch gets what is none of its business", async () => {
    const { id } = await world.openRun({ environment: "dev", writes: settings("cache", "low") });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.click("button:has-text('Approve')");
    await frame.waitForSelector("text=/You approved today at .*: what is shown here/");
    const compared = await frame.innerText("p:has-text('Compared:')");
    const writes = { "prod/other.yaml": settings("other", "low")["dev/other.yaml"] ?? "" };
    await world.push({ branch: "main", message: "Another team", writes });
    await frame.waitForFunction((before) => {
      const now = [...document.querySelectorAll("p")].find((one) =>
        /Compared:/.test(one.innerText),
      );
      return now !== undefined && now.innerText !== before;
    }, compared);
    await seeOn(frame, "text=/You approved today at .*: what is shown here/");
  });

  it("is not taken for well over what the target got since, until the merge is worked out anew", async () => {
    world.sandbox.organisation().faults.merges.keep = 10;
    const { id } = await world.openRun({ environment: "dev", writes: settings("cache", "low") });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id), { identity: "admin" });
    await frame.waitForSelector("text=No known risk");
    const other = settings("queue", "low");
    await world.push({ branch: "main", message: "Another team", writes: other });
    await frame.waitForSelector("text=Not compared with its target branch as it is now");
    await frame.waitForSelector(
      "text=/it has moved since by 1 commit, to .*dev.queue.yaml changed/",
    );
    await frame.waitForSelector("button[aria-disabled=true]:has-text('Complete')");
    assert.deepEqual(await axeProblems(frame), []);
    await frame.click("button:has-text('Work out the merge anew')");
    await frame.waitForSelector("text=No known risk");
    assert.equal(await frame.locator("text=it has moved since").count(), 0);
    await frame.click("button:has-text('Complete')");
    await frame.waitForSelector("text=/Completed by/");
  });

  it("is for charts only once they are shown: what comes later is to be approved too", async () => {
    const release = (size: number) => ({
      "dev/release.yaml": `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: api, namespace: shop }
spec: { chart: { spec: { chart: api, sourceRef: { kind: HelmRepository, name: own } } }, values: { size: ${size} } }
`,
    });
    await world.push({ branch: "main", message: "A release", writes: release(1) });
    const { id } = await world.openRun({ environment: "dev", writes: release(2) });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.click("button:has-text('Approve')");
    await frame.waitForSelector("text=/You approved today at .*: what is shown here/");
    const pullRequest = await world.pullRequest(id);
    const before = pullRequest.lastMergeTargetCommit?.commitId ?? "";
    const after = pullRequest.lastMergeCommit?.commitId ?? "";
    const source = pullRequest.lastMergeSourceCommit?.commitId ?? "";
    const made = (level: string) => ({
      ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "made", namespace: "shop" } },
      data: { level },
    });
    const one = {
      identity: identityOf({
        ...{ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease" },
        metadata: { name: "api", namespace: "shop" },
      }),
      ...{ file: "dev/release.yaml", notKnown: [], random: [], uses: [] },
      ...{ before: [made("low")], after: [made("high")] },
    };
    await attachFile(clientOf(world.sandbox, "build"), {
      ...{ repo: world.repo, id, name: chartsFileName({ after, build: 7 }) },
      text: writeRenderedCharts({ before, after, source, releases: [one] }),
    });
    const again = await openExtensionPage(browser, world.reviewUrl(id));
    const section = again.frame.locator("section:has-text('Changed since you approved: 1 object')");
    await section.locator("text=/ConfigMap shop.made/").waitFor();
    await again.frame.click("button:has-text('Approve')");
    await again.frame.waitForSelector("text=/You approved today at .*: what is shown here/");
    // Opened anew it never takes the vote for one for something else while it looks for charts.
    const third = await openExtensionPage(browser, world.reviewUrl(id));
    await third.frame.waitForSelector("text=/You approved today at .*: what is shown here/");
    assert.equal(await third.frame.locator("text=Changed since you approved").count(), 0);
  });
});
