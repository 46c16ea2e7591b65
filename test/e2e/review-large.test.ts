import assert from "node:assert/strict";
import type { Browser, Frame } from "playwright-core";
import { axeProblems, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import type { HubWorld } from "./hub-world.ts";
import { useHub } from "./use-hub.ts";

const objects = 320;
/** With those of many edits, of a huge text and of hostile ones. */
const changed = objects + 3;
const config = (name: string, data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: shop }\ndata:\n${data}`;
const keys = (amount: number, value: string) =>
  Array.from({ length: amount }, (_, at) => `  k${at}: "${value}${at}"\n`).join("");
/** 100,000 lines in one text. */
const huge = (end: string) =>
  config("huge", `  text: |\n${"    a line of a long text\n".repeat(100_000)}    ${end}\n`);
const edits = 20_000;
const hostile = ["<script>document.title = 'owned'</script>", "\u202egnp.exe", "w".repeat(60_000)];

/** Many objects, one of them with very many edits; `next` adds a long one and hostile texts. */
function large(version: string, next: boolean) {
  const many = Array.from({ length: objects }, (_, at) =>
    config(`c${String(at).padStart(3, "0")}`, `  level: ${version}\n`),
  );
  const odd = hostile.map((text, at) => `  h${at}: ${JSON.stringify(`${text}${version}`)}\n`);
  return {
    "dev/many.yaml": many.join("---\n"),
    "dev/edits.yaml": config("edits", keys(edits, version)),
    "dev/huge.yaml": huge(version),
    "dev/hostile.yaml": config("hostile", odd.join("")),
    ...(next ? { "dev/long.yaml": config("long", keys(20_000, "line")) } : {}),
  };
}

const nodesIn = (frame: Frame) => frame.evaluate(() => document.querySelectorAll("body *").length);

describe("the review of a very large change", function () {
  // A busy machine takes minutes for what a quiet one does in seconds.
  this.timeout(300_000);
  let browser: Browser;
  let world: HubWorld;
  let url: string;

  useHub(async (...opened) => {
    [browser, world] = opened;
    await world.push({ branch: "main", message: "Many", writes: large("old", false) });
    const { id } = await world.openRun({ environment: "dev", writes: large("new", true) });
    url = world.reviewUrl(id);
  });

  it("holds on the page what is on the screen, of 100,000 lines too; all can be reached, and stays text", async () => {
    const { page, frame, complaints } = await openExtensionPage(browser, url);
    page.setDefaultTimeout(120_000);
    await frame.waitForSelector(`text=1 object added, ${changed} changed`);
    await frame.click("button:has-text('Open all')");
    await frame.locator(".fg-edit:has-text('data.level')").first().waitFor();
    assert.ok((await nodesIn(frame)) <= 2_000, String(await nodesIn(frame)));

    // The tree leads to any of them, and its row has the focus there.
    await frame.click("button:has-text('Close all')");
    const tree = frame.locator("nav[aria-label='Objects by file']");
    await tree.locator("button:has-text('edits')").click();
    await frame.waitForSelector(
      "li.fg-object:has-text('shop/edits') button[aria-expanded=true]:focus",
    );
    const rows = frame.locator("[aria-label='Edits of ConfigMap shop/edits']");
    await rows.locator("text=data.k7").first().waitFor();
    await rows.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await rows.locator(`text=data.k${edits - 1}`).waitFor();
    assert.ok((await nodesIn(frame)) <= 2_000);

    await frame.fill("input[type=search]", "line19999");
    await frame.waitForSelector(`text=1 of ${changed + 1} shown`);
    await frame.click("li.fg-object:has-text('shop/long') button");
    const lines = frame.locator(".fg-box[aria-label='ConfigMap shop/long']");
    await lines.locator("text=k3:").waitFor();
    await lines.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await lines.locator("text=line19999").waitFor();
    assert.ok((await nodesIn(frame)) <= 2_000);
    assert.deepEqual(await axeProblems(frame), []);
    await showHuge(frame);
    await showHostile(frame);
    assert.notEqual(await page.title(), "owned");
    assert.deepEqual(complaints, []);
  });

  // On the same page: such a change is read and compared once.
  async function showHuge(frame: Frame): Promise<void> {
    await frame.fill("input[type=search]", "configmap huge");
    const row = frame.locator("li.fg-object:has-text('shop/huge')");
    await row.locator("button").first().click();
    await row.locator("button[aria-expanded=true]").waitFor();
    const change = row.locator(".fg-object-body");
    // Where it cannot be shown, the row says why.
    await change.locator("text=/new|Failed/").first().waitFor();
    assert.match(await change.innerText(), /99997 unchanged lines[^]*-old\n\+new/);
    assert.ok((await nodesIn(frame)) <= 2_000);
  }

  async function showHostile(frame: Frame): Promise<void> {
    await frame.fill("input[type=search]", "gnp.exe");
    await frame.click("li.fg-object:has-text('shop/hostile') button");
    await frame.waitForSelector("text=<script>document.title");
    await frame.waitForSelector("text=/both begin with the same 59900 characters/");
    assert.equal(await frame.locator("main script").count(), 0);
    const [whole = 0, seen = 0] = await frame.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.ok(whole <= seen, `${whole} of ${seen}`);
  }

  it("says so where its worker does not load, and compares when it does", async () => {
    let isAway = true;
    const small = { "prod/small.yaml": config("small", keys(1, "new")) };
    const { id } = await world.openRun({ environment: "prod", writes: small });
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.context().grantPermissions(["local-network-access"]);
    // The worker's script is the one that no page names.
    await page.route(/\/hub\/\d+\.[0-9a-f]+\.js/, (route) =>
      isAway ? route.abort() : route.continue(),
    );
    await page.goto(world.reviewUrl(id));
    const element = await page.waitForSelector("iframe.portal-frame");
    const frame = await element.contentFrame();
    assert.ok(frame !== null);
    await frame.waitForSelector("text=/Failed to compare the manifests/");
    assert.equal(await frame.locator("text=No known risk").count(), 0);
    assert.equal(await frame.locator("button:has-text('Approve')").first().isDisabled(), true);
    isAway = false;
    await frame.locator("button:has-text('Try again')").first().click();
    await frame.waitForSelector("text=1 object added");
  });
});
