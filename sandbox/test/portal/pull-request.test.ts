import assert from "node:assert/strict";
import { seeOn } from "./browser.ts";
import { withPortal } from "./with-portal.ts";

describe("a pull request in the portal", function () {
  this.timeout(120_000);
  const { world, open } = withPortal();

  const openRequest = async (
    tab = "",
    identity: "approver" | "developer" | "reader" = "approver",
  ) => {
    const id = await world().openPullRequest();
    return open(`_git/shop/pullrequest/${id}${tab}`, { identity });
  };

  it("says what it is, whether it can be merged, and who asks for it", async () => {
    const { page, complaints } = await openRequest();
    await page.waitForSelector("text=No merge conflicts");
    const text = (await page.innerText("main")).replaceAll(/\s+/g, " ");
    assert.match(text, /!1 Web 2\.0\.0/);
    assert.match(text, /Active .*Dana Developer web-2\.0\.0 into main/);
    assert.match(text, /The new web\./);
    assert.match(text, /Nobody has voted/);
    assert.equal(await page.title(), "!1 Web 2.0.0 - shop - Repos");
    assert.deepEqual(complaints, []);
  });

  it("shows the changed lines with a little around them", async () => {
    const { page } = await openRequest("?_a=files");
    await page.waitForSelector("text=1 file changed");
    const removed = await page.innerText("tr.portal-line-removed");
    const added = await page.innerText("tr.portal-line-added");
    assert.match(removed, /-\s*image: registry\.fabrikam\.com\/shop\/web:1\.0\.0/);
    assert.match(added, /\+\s*image: registry\.fabrikam\.com\/shop\/web:2\.0\.0/);
    await page.waitForSelector("text=5 unchanged lines");
    await page.click("button:has-text('Whole file')");
    await page.waitForSelector("text=kind: Deployment");
  });

  it("is approved, and completed with the strategy of one's choice", async () => {
    const { page } = await openRequest();
    await page.click("button:has-text('Approve')");
    await page.waitForSelector("[aria-label=Reviewers] >> text=Approved");
    await page.click("button:has(:text-is('Complete'))");
    await page.click("text=Squash commit");
    await page.click("[role=dialog] button:has-text('Complete merge')");
    await page.waitForSelector("text=Merged by Ari Approver");
    assert.match(await world().file("/deploy/web.yaml"), /web:2\.0\.0/);
    assert.deepEqual(await world().branches(), ["main"]);
    const { value } = await world().developer.get<{ value: { comment: string }[] }>(
      "shop/_apis/git/repositories/shop/commits",
    );
    // A squash: one commit on top, none of the branch's.
    assert.deepEqual(
      value.map(({ comment }) => comment),
      ["Merged PR 1: Web 2.0.0", "Begin shop"],
    );
    assert.equal(await page.locator("button:has(:text-is('Complete'))").count(), 0);
  });

  it("is abandoned and taken up again", async () => {
    const { page } = await openRequest();
    await page.click("button:has-text('Abandon')");
    await page.waitForSelector("main >> text=/^Abandoned by|^Abandoned$/");
    await page.click("button:has-text('Reactivate')");
    await seeOn(page, "text=No merge conflicts");
  });

  it("says that the branches conflict and cannot be completed then", async () => {
    const { page } = await openRequest();
    await page.waitForSelector("text=No merge conflicts");
    await world().commit("main", "/deploy/web.yaml", "kind: Other\n");
    await page.click("button:has-text('Abandon')");
    await page.click("button:has-text('Reactivate')");
    await page.waitForSelector("text=The branches have conflicting changes");
    const complete = page.locator("button:has(:text-is('Complete'))");
    assert.equal(await complete.getAttribute("aria-disabled"), "true");
  });

  it("says to a reader what only others may do", async () => {
    const { page } = await openRequest("", "reader");
    await page.waitForSelector("text=You need the permission Contribute to change this repository");
    const complete = page.locator("button:has(:text-is('Complete'))");
    assert.equal(await complete.getAttribute("aria-disabled"), "true");
    // Readers may vote, as in the service.
    await page.click("button:has-text('Vote')");
    await page.click("text=Wait for author");
    await page.waitForSelector("[aria-label=Reviewers] >> text=Waiting for the author");
  });

  it("changes title and description", async () => {
    const { page } = await openRequest("", "developer");
    await page.click("[aria-label='Edit title and description']");
    await page.fill("[aria-label=Description] input", "Web two");
    await page.fill("[aria-label=Description] textarea", "Why two");
    await page.click("button:has-text('Save')");
    await seeOn(page, "h1:has-text('Web two')");
    await seeOn(page, "[aria-label=Description] >> text=Why two");
  });

  it("is created from two branches, with a look at what would change", async () => {
    await world().commit("raise-web", "/deploy/web.yaml", "kind: Deployment\n");
    const { page } = await open("_git/shop/pullrequestcreate", { identity: "developer" });
    await page.waitForSelector("text=raise-web is 1 commits ahead of main and 0 behind");
    await page.waitForSelector("text=1 file changed");
    await page.click("button:has-text('Create')");
    await page.waitForSelector("h1:has-text('Raise web')");
    await page.click("nav[aria-label=Project] >> text=Pull requests");
    await seeOn(page, "main >> text=Raise web");
  });

  it("takes comments, on the whole and on a line, and resolves them", async () => {
    const { page } = await openRequest("?_a=files");
    await page.hover("tr.portal-line-added");
    await page.click("[aria-label='Comment on line 9'], [aria-label='Comment on line 8']");
    await page.fill("textarea", "Is **2.0.0** tested?");
    await page.click("button:has(:text-is('Comment')) >> nth=-1");
    await page.waitForSelector("article[aria-label='Comment by Ari Approver'] >> text=Active");
    await page.click("nav[aria-label='Pull request'] >> text=Overview");
    await page.waitForSelector("text=1 unresolved");
    await page.waitForSelector("article >> text=/deploy\\/web.yaml:\\d/");
    await page.fill("article [aria-label=Reply]", "Yes, yesterday.");
    await page.click("article button:has(:text-is('Comment'))");
    await page.waitForSelector("article >> text=Yes, yesterday.");
    await page.click("article button:has-text('Resolve')");
    await page.waitForSelector("article >> text=Resolved");
    assert.equal(await page.locator("text=1 unresolved").count(), 0);
  });

  it("lists its commits", async () => {
    const { page } = await openRequest("?_a=commits");
    await seeOn(page, "text=Change /deploy/web.yaml");
  });
});

describe("a pull request into a protected branch", function () {
  this.timeout(120_000);
  const { world, open } = withPortal({ minimumApprovers: 1 });

  it("says which policy holds it, and completes itself once it has passed", async () => {
    const id = await world().openPullRequest();
    const { page } = await open(`_git/shop/pullrequest/${id}`, { identity: "developer" });
    const policy = "[aria-label=Policies] >> text=At least 1 reviewer must approve";
    await page.waitForSelector(policy);
    const complete = page.locator("button:has(:text-is('Complete'))");
    assert.match(
      (await complete.getAttribute("aria-label")) ?? "",
      /Required: At least 1 reviewer/,
    );
    await page.click("button:has-text('Set auto-complete')");
    await page.click("[role=dialog] button:has-text('Set auto-complete')");
    await page.waitForSelector("text=Auto-complete by Dana Developer");
    await page.selectOption("label:has-text('Signed in as') select", "approver");
    await page.click("button:has(:text-is('Approve'))");
    await page.waitForSelector("text=Merged by Dana Developer");
    assert.match(await world().file("/deploy/web.yaml"), /web:2\.0\.0/);
  });
});
