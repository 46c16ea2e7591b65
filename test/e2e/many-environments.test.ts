import assert from "node:assert/strict";
import type { Browser, Frame } from "playwright-core";
import { axeProblems, openExtensionPage } from "../../sandbox/test/portal/browser.ts";
import { kustomization, workload } from "../hub/a-snapshot.ts";
import type { HubWorld } from "./hub-world.ts";
import { folder, shop } from "./shop-objects.ts";
import { useHub } from "./use-hub.ts";

const many = 500;
const images = { api: "1.4.0", web: "2.0.0" };
const markup = `<img src=x onerror="document.title='owned'">`;
/** Names as somebody may have written them into an index or a report. */
const hostile = [
  markup,
  "\u202Eesrever\u202C \u05E9\u05DC\u05D5\u05DD",
  `${"long-".repeat(80)}end`,
  "\u{1F680}\u{1F468}\u200D\u{1F469}\u200D\u{1F467}",
  "null",
  "../..",
  "__proto__",
] as const;

describe("the hub with 500 environments and hostile texts", function () {
  this.timeout(180_000);
  let browser: Browser;
  let world: HubWorld;

  useHub(async (...opened) => {
    [browser, world] = opened;
    // With the three that are there already.
    const names = [
      ...hostile,
      ...Array.from({ length: many - hostile.length }, (_, n) => `e-${n}`),
    ];
    const objects = shop(images).slice(0, 1);
    // A folder's name is git's; what the index in it says is anybody's.
    const files = names.map((environment, index) => {
      const written = folder({ environment: `f${index}`, objects, images, run: markup });
      const at = `f${index}/.fluxgate/shop.json`;
      const text = written[at] ?? "";
      return { ...written, [at]: text.replace(`"f${index}"`, JSON.stringify(environment)) };
    });
    const writes = Object.assign({}, ...files) as Record<string, string>;
    await world.push({ branch: "main", message: markup, writes });
    for (const environment of hostile) {
      const cause = `${environment}\n${"a line of a cause \u0000\u001B[31m\n".repeat(10_000)}`;
      await world.observe({
        ...{ version: 2, environment, cluster: environment, active: true, leftOut: 7 },
        observedAt: new Date().toISOString(),
        objects: [{ ...kustomization(environment, "failing", cause), appliedBy: environment }],
        workloads: [
          { ...workload(environment, "failed", cause), images: [environment], namespace: markup },
        ],
        gaps: [environment],
      });
    }
    // What an older connector, or anybody, may have left there.
    for (const documents of world.sandbox.organisation().documents.values()) {
      const [[, first = {}] = []] = documents;
      documents.set("odd", { ...first, id: "odd", objects: null, workloads: [null], gaps: 7 });
      documents.set("null", { id: "null", environment: null, cluster: {}, observedAt: null });
    }
  });

  const settled = (frame: Frame) =>
    frame.waitForFunction("document.querySelectorAll('.fg-skeleton').length === 0");
  /** Each with a text that only it shows. */
  const addresses: readonly (readonly [hash: string, sign: string])[] = [
    ["view=environments", "503 environments of 503, page 1 of 63"],
    ["view=environments&page=63", "page 63 of 63"],
    ["view=environments&environments=e-49", "4 environments of 503"],
    ...hostile
      .slice(0, 4)
      .map(
        (name) =>
          [`view=environments&environment=${encodeURIComponent(name)}`, "7 objects more"] as const,
      ),
    [`view=trace&of=${encodeURIComponent(markup)}`, "No way of"],
    [`view=compare&left=${encodeURIComponent(hostile[2])}&right=e-3`, "History of e-3"],
  ];

  it("shows each page without a sideways scroll, markup that runs, or anything that axe finds", async () => {
    const { page, frame, complaints } = await openExtensionPage(browser, world.environmentsUrl);
    for (const width of [1280, 400]) {
      await page.setViewportSize({ width, height: 900 });
      await page.addStyleTag({
        content: `iframe.portal-frame { position: fixed !important; inset: 0 !important;
          width: ${width}px !important; height: 900px !important; }`,
      });
      await frame.waitForFunction(`window.innerWidth === ${width}`);
      for (const [hash, sign] of addresses) {
        await page.evaluate((to) => location.replace(`#${to}`), hash);
        await frame.waitForSelector(`text=${sign}`);
        await settled(frame);
        const wide = await frame.evaluate(
          "document.documentElement.scrollWidth - window.innerWidth",
        );
        assert.ok(Number(wide) <= 0, `${hash} at ${width}: ${String(wide)} px too wide`);
        assert.equal(await frame.locator("img[src=x]").count(), 0, hash);
        assert.notEqual(await frame.title(), "owned", hash);
        if (width === 1280) assert.deepEqual(await axeProblems(frame), [], hash);
        const nodes = Number(await frame.evaluate("document.querySelectorAll('*').length"));
        assert.ok(nodes <= 2_000, `${hash}: ${nodes} nodes`);
      }
    }
    assert.deepEqual(complaints, []);
  });
});
