import assert from "node:assert/strict";
import { seeOn } from "./browser.ts";
import { withPortal } from "./with-portal.ts";

describe("files in the portal", function () {
  this.timeout(120_000);
  const { world, open } = withPortal();

  it("shows folders, a file with its lines, and its history", async () => {
    const { page, complaints } = await open("_git/shop");
    await page.click("main >> text=deploy");
    await page.click("main >> text=web.yaml");
    await page.waitForSelector("text=image: registry.fabrikam.com/shop/web:1.0.0");
    assert.equal(await page.title(), "web.yaml - shop - Repos");
    await page.click("button:has-text('History')");
    await page.waitForSelector("h1:has-text('History of /deploy/web.yaml')");
    await page.waitForSelector("text=Begin shop");
    await page.goBack();
    await page.waitForSelector("text=image: registry.fabrikam.com/shop/web:1.0.0");
    assert.deepEqual(complaints, []);
  });

  it("lets a developer change an image's tag and open a pull request, without git", async () => {
    const { page } = await open("_git/shop?path=/deploy/web.yaml", { identity: "developer" });
    await page.click("button:has-text('Edit')");
    const editor = page.locator("textarea");
    const text = await editor.inputValue();
    await editor.fill(text.replace("web:1.0.0", "web:1.1.0"));
    await page.click("button:has-text('Commit')");
    await page.fill("[role=dialog] input >> nth=0", "Web 1.1.0");
    await page.fill("[role=dialog] input >> nth=1", "web-1.1.0");
    await page.waitForSelector("text=A new branch, made from main.");
    await page.click("[role=dialog] button:has-text('Commit')");
    await page.waitForSelector("h1:has-text('Web 1.1.0')");
    assert.match(page.url(), /\/pullrequest\/1$/);
    assert.match(await world().file("/deploy/web.yaml"), /web:1\.0\.0/);
    assert.match(await world().file("/deploy/web.yaml", "web-1.1.0"), /web:1\.1\.0/);
  });

  it("commits to the branch itself when no other one is named", async () => {
    const { page } = await open("_git/shop?path=/README.md", { identity: "developer" });
    await page.click("button:has-text('Edit')");
    await page.locator("textarea").fill("# The shop\n");
    await page.click("button:has-text('Commit')");
    await page.click("[role=dialog] button:has-text('Commit')");
    await page.waitForSelector("text=Committed to main");
    await page.waitForSelector("text=# The shop");
    assert.equal(await world().file("/README.md"), "# The shop\n");
  });

  it("adds a file", async () => {
    const { page } = await open("_git/shop?path=/deploy", { identity: "developer" });
    await page.click("button:has-text('New file')");
    await page.fill("main input", "/deploy/api.yaml");
    await page.locator("textarea").fill("kind: Service\n");
    await page.click("button:has-text('Commit')");
    await page.click("[role=dialog] button:has-text('Commit')");
    await seeOn(page, "main >> text=api.yaml");
  });

  it("says why a reader cannot change anything, before the click", async () => {
    const { page } = await open("_git/shop?path=/README.md", { identity: "reader" });
    await page.waitForSelector("text=You need the permission Contribute to change this repository");
    const edit = page.locator("button:has-text('Edit')");
    assert.equal(await edit.getAttribute("aria-disabled"), "true");
    assert.match((await edit.getAttribute("aria-label")) ?? "", /Contribute/);
    assert.equal(await page.locator("main >> text=hidden").count(), 0);
  });

  it("shows branches and deletes one", async () => {
    await world().commit("old", "/old.txt", "old\n");
    const { page } = await open("_git/shop/branches", { identity: "developer" });
    await page.click("[aria-label='Delete old']");
    await page.click("text=Really delete");
    await page.waitForSelector("[aria-label=Branches] a:has-text('old')", { state: "detached" });
    assert.deepEqual(await world().branches(), ["main"]);
  });
});
