import assert from "node:assert/strict";
import { createMemory } from "../../../hub/data/memory.ts";
import { plainError } from "../../../hub/view/plain-error.ts";
import { oddAnswers, oddAzureDevOps } from "./odd-azure-devops.ts";
import { isClaim, isForPersons, saidIn, unread } from "./said.ts";
import { type ShopInMotion, startShopInMotion } from "./shop-in-motion.ts";
import { type ShownPage, shownPages } from "./shown-pages.ts";

/**
 * Kinds that the pages judge, each by itself. The HTTP client tells apart the others, and asks again
 * where that helps: one of them that comes once is no odd answer.
 */
const isJudged = new Set(["404", "403", "cut", "an object", "null"]);

/** A page that asks more than this does not end. */
const mostRequests = 400;

describe("each page, where one of its calls is answered oddly", function () {
  this.timeout(300_000);
  let shop: ShopInMotion;
  let service: ReturnType<typeof oddAzureDevOps>;
  let pages: Readonly<Record<string, ShownPage>>;
  before(async () => {
    shop = await startShopInMotion();
    const { organisationUrl } = shop.world.sandbox;
    service = oddAzureDevOps({ organisationUrl, token: "sandbox-approver" });
    const { repository } = await shop.world.pullRequest(shop.merged.id);
    pages = shownPages(shop, { project: repository.project.id, now: Date.now() });
  });
  after(() => shop?.world.stop());

  /** What a page says in the end: all of it, or why there is none. */
  async function look(page: ShownPage, memory = createMemory()) {
    try {
      return { said: saidIn(await page(service.connect(), memory)) };
    } catch (error) {
      return { ended: plainError(error) };
    }
  }

  /** What is wrong with what a page says; empty where nothing is. */
  function wrongWith(shown: Awaited<ReturnType<typeof look>>, well: readonly string[]) {
    const said = shown.said ?? [shown.ended];
    const usual = new Set(well);
    const come = said.filter((text) => !usual.has(text));
    const gone = well.filter((text) => !said.includes(text));
    return [
      ...come.filter((text) => !isForPersons(text)).map((text) => `is not for persons: ${text}`),
      ...come.filter(isClaim).map((text) => `claims what was not read: ${text}`),
      ...(gone.length > 0 && !come.some((text) => unread.test(text))
        ? [`does not say why this is missing: ${gone.slice(0, 3).join(" | ")}`]
        : []),
      ...(service.requests() > mostRequests ? ["does not end"] : []),
    ];
  }

  async function sweep(page: ShownPage): Promise<readonly string[]> {
    service.give(undefined);
    service.forget();
    const first = await look(page);
    const well = first.said ?? assert.fail(first.ended);
    const wrong: string[] = [];
    for (const call of service.calls()) {
      for (const [kind, odd] of Object.entries(oddAnswers)) {
        const memory = createMemory();
        service.give({ call, odd, once: false });
        const always = wrongWith(await look(page, memory), well);
        service.give(undefined);
        const healed = isJudged.has(kind) ? (await look(page, memory)).said : well;
        const isHealed = JSON.stringify(healed) === JSON.stringify(well);
        service.give({ call, odd, once: true });
        const once = isJudged.has(kind) ? wrongWith(await look(page), well) : [];
        const all = [
          ...always.map((text) => `always: ${text}`),
          ...once.map((text) => `once: ${text}`),
          ...(isHealed ? [] : ["does not heal"]),
        ];
        wrong.push(...all.map((text) => `${call}, ${kind}, ${text}`));
      }
    }
    return wrong;
  }

  const names = [
    ...["the review", "the review of a merged one", "the tab of a run", "awaits review"],
    ...["the environments", "an environment", "the manifests of an app"],
    ...["a trace", "the trace of an image", "two environments side by side"],
    ...["a history", "a way back", "the settings"],
  ];
  for (const name of names) {
    it(`${name} says what it did not read, claims nothing for it, and heals`, async () => {
      assert.deepEqual(await sweep(pages[name] ?? assert.fail(name)), []);
    });
  }

  it("is swept, whichever page is added", () => {
    assert.deepEqual(Object.keys(pages).sort(), [...names].sort());
  });
});
