import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { getProperties } from "../../clients/azure-devops/pull-request-properties.ts";
import { parseRejection } from "../../core/run/rejection.ts";
import type { Permission } from "../../sandbox/azure-devops/repository.ts";
import { eventually } from "../support/eventually.ts";
import { axeProblems, openExtensionPage, seeOn } from "../../sandbox/test/portal/browser.ts";
import type { HubWorld } from "./hub-world.ts";
import { cache, folder, hostile, shop, worker } from "./shop-objects.ts";
import { useHubForEach } from "./use-hub.ts";

describe("the review of a manifests pull request", function () {
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

  /** A run whose merge removes a volume, adds two objects and changes three. */
  async function aRun({ isDraft = false } = {}) {
    const { first } = world;
    const next = { api: "1.5.0", web: "1.9.0" };
    const content = { environment: "prod", run: "" };
    const before = folder({ ...content, objects: [...shop(first), cache], images: first });
    await world.push({ branch: "main", message: "A cache", writes: before });
    const objects = [...shop(next), worker, hostile];
    return world.openRun({
      ...{ environment: "prod", isDraft },
      writes: folder({ ...content, objects, images: next }),
      deletes: ["prod/api/shop_v1_persistentvolumeclaim_cache.yaml"],
    });
  }

  /** As the page Security of the repository, or of a branch, would. */
  function deny(permission: Omit<Permission, "identity">) {
    const { repositories } = world.sandbox.organisation().projects[0] ?? {};
    const { permissions } = repositories?.find(({ name }) => name === world.repo.repository) ?? {};
    permissions?.push({ ...permission, identity: "approver" });
  }

  it("shows what would change, how risky it is and who waits", async () => {
    const { id } = await aRun();
    const { frame, complaints } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=Look twice at");
    const text = (await frame.innerText("main")).replaceAll(/\s+/g, " ");
    assert.match(text, /shop → prod/);
    assert.match(text, /3 images, 2 objects added, 3 changed, 1 removed/);
    assert.match(text, /1 high risk, 1 medium risk/);
    assert.match(text, /shop-cd \d+\.1 has (just begun to wait|been waiting)/);
    assert.match(text, /PersistentVolumeClaim shop\/cache is removed/);
    assert.match(text, /registry.fabrikam.com\/shop\/api 1\.4\.0 1\.5\.0 Deployment shop\/api/);
    assert.match(text, /env\[CACHE_TTL\]\.value - ?"30" ?\+ ?"60"/);
    assert.doesNotMatch(text, /hunter2/);
    assert.deepEqual(complaints, []);
  });

  it("keeps hostile text text", async () => {
    const { id } = await aRun();
    const { page, frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=onerror=alert(1)");
    assert.equal(await frame.locator("main img, main script, main pre b").count(), 0);
    assert.notEqual(await page.title(), "owned");
  });

  it("lets an approver approve and complete, and then tells how far it is", async () => {
    const { id } = await aRun();
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.click("button:has-text('Approve')");
    await frame.waitForSelector("text=You approved");
    await frame.click("button:has-text('Complete')");
    await frame.waitForSelector("text=/Completed by Ari Approver/");
    await frame.waitForSelector("text=No word yet from the connector of prod");
    const merged = await world.pullRequest(id);
    assert.equal(merged.status, "completed");
    const commit = merged.lastMergeCommit?.commitId ?? "";
    const description = "reconciling: Deployment shop/api 1 of 2";
    await world.report(commit, { name: "shop/prod", state: "pending", description });
    await frame.waitForSelector(`text=${description}`);
    assert.equal(await frame.locator("button:has-text('Complete')").count(), 0);
  });

  it("says that it is a draft, and lets an approver publish, approve and complete it", async () => {
    const { id } = await aRun({ isDraft: true });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=This is a draft: once it is published");
    const complete = frame.locator("button:has-text('Complete')");
    assert.equal(await complete.getAttribute("aria-disabled"), "true");
    assert.equal(await frame.locator("button:has-text('Approve')").count(), 0);
    await frame.click("button:has-text('Publish')");
    await frame.waitForSelector("text=You published it");
    await frame.click("button:has-text('Approve')");
    await frame.waitForSelector("text=You approved");
    await frame.click("button:has-text('Complete')");
    await frame.waitForSelector("text=/Completed by Ari Approver/");
    assert.equal((await world.pullRequest(id)).status, "completed");
  });

  it("lets an approver reject with a reason that the run can read", async () => {
    const { id } = await aRun();
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.click("button:has-text('Reject')");
    await frame.fill("textarea", "The cache must stay until Monday");
    await frame.click(".bolt-dialog-footer button:has-text('Reject'), [role=dialog] button.danger");
    await frame.waitForSelector("text=/Abandoned by Ari Approver, .* rejected it: “The cache/");
    const { status, reviewers } = await world.pullRequest(id);
    assert.equal(status, "abandoned");
    assert.deepEqual(
      reviewers?.map(({ vote }) => vote),
      [-10],
    );
    const properties = await getProperties(world.connector, { repo: world.repo, id });
    assert.deepEqual(parseRejection(properties["Fluxgate.Rejection"]), {
      by: "Ari Approver",
      reason: "The cache must stay until Monday",
    });
  });

  it("can be walked with the keyboard alone", async () => {
    const { id } = await aRun();
    const { page, frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=Look twice at");
    const head = frame.locator("button[aria-expanded]").first();
    await head.focus();
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-expanded"), "false");
    await frame.locator("button:has-text('Reject')").focus();
    await page.keyboard.press("Enter");
    await frame.waitForSelector("textarea:focus");
    await page.keyboard.press("Escape");
    await frame.waitForSelector("textarea", { state: "detached" });
    await eventually("the focus on the button again", () =>
      frame.evaluate(() => document.activeElement?.textContent === "Reject" || undefined),
    );
  });

  it("says before the click why somebody may not decide", async () => {
    const { id } = await aRun();
    deny({ deny: ["PullRequestContribute", "GenericContribute"] });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=You need the permission Contribute to pull requests");
    await frame.waitForSelector("text=You need the permission Contribute on main to complete it.");
    for (const name of ["Approve", "Complete", "Reject"]) {
      assert.ok(await frame.isDisabled(`button:has-text('${name}')`), name);
    }
  });

  it("lets a reader vote, and says before the click who may complete", async () => {
    const { id } = await aRun();
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id), { identity: "reader" });
    await frame.waitForSelector("text=You need the permission Contribute on main to complete it.");
    assert.ok(await frame.isDisabled("button:has-text('Complete')"));
    await frame.click("button:has-text('Approve')");
    await frame.waitForSelector("text=You approved");
  });

  it("says it at the click where the permission is gone by then", async () => {
    const { id } = await aRun();
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForFunction(() => {
      const answers = performance.getEntriesByType("resource");
      return answers.filter(({ name }) => name.includes("/_apis/permissions/")).length === 2;
    });
    deny({ deny: ["PullRequestContribute"] });
    await frame.click("button:has-text('Complete')");
    await frame.waitForSelector("text=/You are not allowed to do this: You need/");
    assert.equal((await world.pullRequest(id)).status, "active");
  });

  it("is shown without what may not be read, says what that is, and reads it when asked again", async () => {
    const { id } = await aRun();
    const { page, frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=Look twice at");
    const path = /\/commits\/[0-9a-f]{40}\/statuses/;
    await page.route(path, (route) => route.fulfill({ status: 403, json: { message: "no" } }));
    await frame.waitForSelector("text=/Which run waits for it could not be read/");
    await frame.waitForSelector("text=/whether it waits for this could not be read/");
    assert.ok(await frame.isEnabled("button:has-text('Approve')"));
    assert.deepEqual(await axeProblems(frame), []);
    await page.unroute(path);
    // The page looks again by itself too, and then takes the button away.
    await frame.evaluate(() =>
      Array.from(document.querySelectorAll("button"))
        .find(({ textContent }) => textContent?.includes("Try again"))
        ?.click(),
    );
    await frame.waitForSelector("text=/shop-cd .* has (just begun to wait|been waiting)/");
    const unread = frame.locator("text=could not be read").first();
    await unread.waitFor({ state: "detached" });
  });

  it("says that it conflicts, and then shows the branch alone", async () => {
    const { id } = await aRun();
    const images = { api: "1.4.9", web: "2.0.1" };
    const writes = folder({ environment: "prod", objects: shop(images), images, run: "" });
    await world.push({ branch: "main", message: "By hand", writes });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=/It conflicts with its target branch/");
    await frame.waitForSelector("text=/shows its branch alone/");
    assert.ok(await frame.isDisabled("button:has-text('Complete')"));
  });

  it("stays usable for a pull request that changes nothing in a cluster", async () => {
    const { id } = await world.openRun({ environment: "dev", writes: { "README.md": "new\n" } });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=Nothing that runs in a cluster changes.");
    await seeOn(frame, "text=1 file without objects");
  });

  it("stays light for a change of two hundred objects", async () => {
    const texts = (value: string) =>
      Array.from({ length: 200 }, (_, object) => {
        const data = Array.from({ length: 30 }, (_line, key) => `  key${key}: "${value}"\n`);
        const metadata = `metadata: { name: settings-${object}, namespace: shop }`;
        return `apiVersion: v1\nkind: ConfigMap\n${metadata}\ndata:\n${data.join("")}`;
      }).join("---\n");
    const writes = (value: string) => ({ "prod/settings.yaml": texts(value) });
    await world.push({ branch: "main", message: "Many", writes: writes("before") });
    const { id } = await world.openRun({ environment: "prod", writes: writes("after") });
    const { frame } = await openExtensionPage(browser, world.reviewUrl(id));
    await frame.waitForSelector("text=200 objects changed");
    await frame.click("button:has-text('Open all')");
    await frame.waitForSelector("text=data.key29");
    const nodes = await frame.evaluate(() => document.querySelectorAll("*").length);
    assert.ok(nodes < 2000, `${nodes} nodes`);
    // Far ones are there by name, and come when they are wanted.
    await frame.waitForSelector("li.fg-object:has-text('settings-150'):not(:has(button))");
    await frame.fill("input[type=search]", "settings");
    const tree = frame.locator("nav[aria-label='Objects by file']");
    await tree.locator("button:has-text('settings-12')").first().click();
    await frame.waitForSelector("li.fg-object:has-text('settings-12') button[aria-expanded]:focus");
  });

  for (const theme of ["light", "dark", "high-contrast"] as const) {
    it(`has nothing that axe finds, in ${theme}`, async () => {
      const { id } = await aRun();
      const { frame } = await openExtensionPage(browser, world.reviewUrl(id), { theme });
      await frame.waitForSelector("text=Look twice at");
      assert.deepEqual(await axeProblems(frame), []);
      await frame.click("button:has-text('Reject')");
      await frame.waitForSelector("textarea");
      assert.deepEqual(await axeProblems(frame), []);
    });
  }
});
