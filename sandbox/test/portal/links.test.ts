// Where pages lead: folders of pipelines, and work items.
import assert from "node:assert/strict";
import { inFolder } from "../../portal/pages/pipelines/pipeline-folders.ts";
import { withPortal } from "./with-portal.ts";

describe("folders and work items in the portal", function () {
  this.timeout(120_000);
  const { world, open } = withPortal();

  it("shows pipelines by their folders, and the way back up", async () => {
    const { developer } = world();
    const definition = await developer.get<object>("shop/_apis/build/definitions/1");
    await developer.send("PUT", "shop/_apis/build/definitions/1", {
      ...{ ...definition, path: "\\team\\web" },
    });
    const { page, complaints } = await open("_build");
    await page.waitForSelector("table[aria-label=Pipelines] >> text=shop-ci");
    await page.click("nav[aria-label=Pipelines] >> text=All");
    await page.waitForSelector("table[aria-label=Pipelines] >> text=slow");
    assert.equal(await page.locator("table[aria-label=Pipelines] >> text=shop-ci").count(), 0);
    await page.click("main >> text=team (folder)");
    await page.click("main >> text=web (folder)");
    await page.waitForSelector("table[aria-label=Pipelines] >> text=shop-ci");
    await page.click("nav[aria-label=Folder] >> text=All pipelines");
    await page.waitForSelector("table[aria-label=Pipelines] >> text=team (folder)");
    assert.deepEqual(complaints, []);
  });

  it("leads from a pull request and from a run to their work items, and back", async () => {
    const { commit, developer, run } = world();
    await commit("main", "/b.txt", "b");
    await commit("greet", "/README.md", "# Hello\n");
    await developer.send("POST", "shop/_apis/git/repositories/shop/pullrequests", {
      ...{ sourceRefName: "refs/heads/greet", targetRefName: "refs/heads/main" },
      ...{ title: "Greet", workItemRefs: [{ id: "12" }] },
    });
    const { page, complaints } = await open("_git/shop/pullrequest/1");
    await page.click("[aria-label='Work items'] >> text=#12");
    await page.waitForSelector("h1 >> text=Work item 12");
    await page.click("table[aria-label='Pull requests'] >> text=Greet");
    await page.waitForSelector("h1 >> text=Greet");

    await developer.send("POST", "shop/_apis/git/repositories/shop/pushes", {
      refUpdates: [{ name: "refs/heads/main", oldObjectId: await tip() }],
      commits: [
        {
          comment: "Say it in lower case, #13",
          changes: [
            {
              changeType: "add",
              item: { path: "/c.txt" },
              newContent: { content: "c", contentType: "rawtext" },
            },
          ],
        },
      ],
    });
    const id = await run("shop-ci");
    await page.goto(`${world().base}/_build/results?buildId=${id}`);
    await page.click("[aria-label='Work items'] >> text=#13");
    await page.waitForSelector("text=No pull request names it");
    assert.deepEqual(complaints, []);
  });

  async function tip(): Promise<string> {
    const { value } = await world().developer.get<{ value: { objectId: string }[] }>(
      "shop/_apis/git/repositories/shop/refs?filter=heads/main",
    );
    return value[0]?.objectId ?? "";
  }
});

describe("folders of pipelines", () => {
  it("hold what lies right in them, whatever the case of their names", () => {
    const folders = ["\\", "\\a", "\\A\\b", "\\a\\b\\c"];
    const rows = [{ path: "\\" }, { path: "\\a" }, { path: "\\A\\B" }, {}];
    assert.deepEqual(inFolder("\\", { folders, rows }), {
      folders: ["\\a"],
      rows: [{ path: "\\" }, {}],
    });
    assert.deepEqual(inFolder("\\a", { folders, rows }), {
      folders: ["\\A\\b"],
      rows: [{ path: "\\a" }],
    });
    assert.deepEqual(inFolder("\\a\\b", { folders, rows }).rows, [{ path: "\\A\\B" }]);
  });
});
