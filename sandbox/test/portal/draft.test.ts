import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { withPortal } from "./with-portal.ts";

describe("a draft in the portal", function () {
  this.timeout(120_000);
  const { world, open } = withPortal();

  /** A draft with a label, a work item, and a description that links to an attached file. */
  async function aDraft(): Promise<number> {
    const { developer, sandbox, commit } = world();
    await commit("web-2", "/deploy/web.yaml", "kind: Deployment\n");
    const requests = "shop/_apis/git/repositories/shop/pullRequests";
    const { pullRequestId: id } = await developer.send<{ pullRequestId: number }>(
      "POST",
      requests,
      {
        ...{ sourceRefName: "refs/heads/web-2", targetRefName: "refs/heads/main" },
        ...{ title: "Web two", isDraft: true },
        labels: [{ name: "needs care" }],
        workItemRefs: [{ id: "12" }],
      },
    );
    const attached = await fetch(
      `${sandbox.organisationUrl}/${requests}/${id}/attachments/changes.md?api-version=7.1`,
      {
        method: "POST",
        headers: {
          Authorization: `Basic ${btoa(":sandbox-developer")}`,
          "Content-Type": "application/octet-stream",
        },
        body: "# Every object\n",
      },
    );
    const { url } = (await attached.json()) as { url: string };
    await developer.send("PATCH", `${requests}/${id}`, {
      description: `See [every object](${url})`,
    });
    return id;
  }

  it("shows its labels and work items, and cannot be voted on before it is published", async () => {
    const { page, complaints } = await open(`_git/shop/pullrequest/${await aDraft()}`);
    await page.waitForSelector("main >> text=Draft");
    await page.waitForSelector("main >> text=needs care");
    await page.waitForSelector("[aria-label='Work items'] >> text=#12");
    const approve = page.locator("button:has(:text-is('Approve'))");
    assert.match((await approve.getAttribute("aria-label")) ?? "", /Nobody can vote on a draft/);
    await page.click("button:has-text('Publish')");
    await page.waitForSelector("main >> text=Active");
    await page.click("button:has(:text-is('Approve'))");
    await page.waitForSelector("[aria-label=Reviewers] >> text=Approved");
    assert.deepEqual(complaints, []);
  });

  it("lets a reader follow the link to an attached file", async () => {
    const at = `_git/shop/pullrequest/${await aDraft()}`;
    const { page } = await open(at, { identity: "reader" });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.click("a:has-text('every object')"),
    ]);
    assert.equal(download.suggestedFilename(), "changes.md");
    assert.equal(await readFile(await download.path(), "utf8"), "# Every object\n");
  });
});
