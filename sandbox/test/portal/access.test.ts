import assert from "node:assert/strict";
import { axeProblems } from "./browser.ts";
import { withPortal } from "./with-portal.ts";

describe("every page of the portal", function () {
  this.timeout(180_000);
  const { world, open } = withPortal({ approvers: ["approver"], minimumApprovers: 1 });

  /** Address, a text that shows that it is there, and its title. */
  const pages = (run: number, request: number): readonly (readonly [string, string, RegExp])[] => [
    ["_git", "Clone URL", /^shop repositories - Repos$/],
    ["_git/shop", "README.md", /^shop - shop - Repos$/],
    ["_git/shop?path=/ci.yml", "trigger: none", /^ci\.yml - shop - Repos$/],
    ["_git/shop/commits", "Begin shop", /^Commits - shop - Repos$/],
    ["_git/shop/branches", "Pushed by", /^Branches - shop - Repos$/],
    ["_git/shop/pullrequests", "Web 2.0.0", /^Pull requests - shop - Repos$/],
    ["_git/shop/pullrequestcreate", "1 file changed", /^New pull request - shop - Repos$/],
    [`_git/shop/pullrequest/${request}`, "No merge conflicts", /^!1 Web 2\.0\.0 - shop - Repos$/],
    [`_git/shop/pullrequest/${request}?_a=files`, "1 file changed", /^!1 Web/],
    [`_git/shop/pullrequest/${request}?_a=commits`, "Change /deploy/web.yaml", /^!1 Web/],
    ["_build", "shop-ci", /^Pipelines - Pipelines$/],
    ["_build?view=runs", "Manually run by Dana Developer", /^Runs - Pipelines$/],
    [`_build/results?buildId=${run}`, "Release it", /^shop-ci #\d+\.1 - Pipelines$/],
    [`_build/results?buildId=${run}&view=logs`, "Log lines", /^shop-ci #/],
    ["_environments", "production", /^Environments - Pipelines$/],
    ["_environments/1?view=checks", "Ari Approver", /^production - Pipelines$/],
    ["_environments/1?view=resources", "No resource", /^production - Pipelines$/],
    ["_build?view=folders", "slow", /^Pipelines - Pipelines$/],
    ["_workitems/edit/12", "No pull request names it", /^Work item 12 - Boards$/],
    ["_approvals", "shop-ci", /^Approvals - Pipelines$/],
    ["_sandbox/faults", "Dropped connections", /^Faults - Sandbox$/],
    ["_nothing", "The sandbox has no page", /^Not found/],
  ];
  const seen = (text: string) => `main >> text=${text}`;

  for (const theme of ["light", "dark", "high-contrast"] as const) {
    it(`has a title, one heading and nothing that axe finds, in ${theme}`, async () => {
      const [run, request] = [await world().run("shop-ci"), await world().openPullRequest()];
      const { page, complaints } = await open("_git", { theme });
      const problems: string[] = [];
      for (const [address, text, title] of pages(run, request)) {
        await page.goto(`${world().base}/${address}`);
        await page.waitForSelector(text === "Log lines" ? "[aria-label='Log lines']" : seen(text));
        assert.match(await page.title(), title);
        assert.equal(await page.locator("h1").count(), 1, address);
        for (const problem of await axeProblems(page.mainFrame())) {
          problems.push(`${address}: ${problem}`);
        }
      }
      assert.deepEqual(problems, []);
      assert.deepEqual(complaints, []);
    });
  }

  it("fits a window of 1280 pixels without scrolling sideways", async () => {
    const [run, request] = [await world().run("shop-ci"), await world().openPullRequest()];
    const { page } = await open("_git");
    for (const [address, text] of pages(run, request)) {
      await page.goto(`${world().base}/${address}`);
      await page.waitForSelector(text === "Log lines" ? "[aria-label='Log lines']" : seen(text));
      const beyond = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(beyond, 0, address);
    }
  });

  it("can be walked with the keyboard: links, then the heading of the page that opens", async () => {
    const { page } = await open("_git");
    await page.waitForSelector("main >> text=Clone URL");
    await page.keyboard.press("Tab");
    assert.equal(
      await page.evaluate(() => document.activeElement?.textContent),
      "Skip to the page",
    );
    await page.focus("nav[aria-label=Project] a:has-text('Branches')");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1:has-text('Branches')");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Branches");
  });
});
