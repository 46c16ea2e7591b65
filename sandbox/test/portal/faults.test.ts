import assert from "node:assert/strict";
import { withPortal } from "./with-portal.ts";

describe("the faults that the portal switches", function () {
  this.timeout(120_000);
  const { world, open } = withPortal();

  const ask = (path: string) =>
    fetch(`${world().sandbox.organisationUrl}/${path}`, {
      headers: { Authorization: `Basic ${btoa(":sandbox-connector")}` },
    });

  it("meet everybody but the portal, and count down", async () => {
    const { page, complaints } = await open("_sandbox/faults");
    await page.fill("[aria-label='Throttled (429)'] input >> nth=0", "2");
    await page.fill("[aria-label='Throttled (429)'] input >> nth=1", "7");
    await page.click("[aria-label='Switch on: Throttled (429)']");
    await page.waitForSelector("[aria-label='Throttled (429)'] >> text=2 requests left");
    const answer = await ask("_apis/projects?api-version=7.1");
    assert.deepEqual([answer.status, answer.headers.get("Retry-After")], [429, "7"]);
    await page.waitForSelector("[aria-label='Throttled (429)'] >> text=1 requests left");
    await page.click("button:has-text('Everything off')");
    await page.waitForSelector("[aria-label='Throttled (429)'] >> text=off");
    assert.equal((await ask("_apis/projects?api-version=7.1")).status, 200);
    assert.deepEqual(complaints, []);
  });

  it("are about some requests only, where that is said", async () => {
    const { page } = await open("_sandbox/faults");
    await page.fill("[aria-label='Only these requests'] input", "repositories");
    await page.click("[aria-label='Apply: only these requests']");
    await page.waitForSelector("text=paths like repositories");
    await page.click("[aria-label='Switch on: Unavailable (503)']");
    await page.waitForSelector("[aria-label='Unavailable (503)'] >> text=20 requests left");
    assert.equal((await ask("_apis/projects?api-version=7.1")).status, 200);
    assert.equal((await ask("shop/_apis/git/repositories?api-version=7.1")).status, 503);
  });
});
