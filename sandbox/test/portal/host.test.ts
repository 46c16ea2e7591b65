import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Frame, Page } from "playwright-core";
import { openExtensionPage, type Viewer } from "./browser.ts";
import { writeTrialExtension } from "./host-extension.ts";
import { withPortal } from "./with-portal.ts";

// What the page's own copy of azure-devops-extension-sdk offers the scripts below.
type Sdk = {
  getService: (id: string) => Promise<Record<string, (...args: readonly unknown[]) => unknown>>;
  getConfiguration: () => Record<string, { close: (result: unknown) => void }>;
  getUser: () => { displayName: string };
  getWebContext: () => { project: { name: string } };
};
declare const SDK: Sdk;

const navigation = "ms.vss-features.host-navigation-service";
const layout = "ms.vss-features.host-page-layout-service";
const messages = "ms.vss-tfs-web.tfs-global-messages-service";
const data = "ms.vss-features.extension-data-service";

describe("the host of an extension's pages", function () {
  this.timeout(120_000);
  const manifestFile = writeTrialExtension();
  const { world, browser, open } = withPortal({ manifestFile });
  after(() => rmSync(dirname(manifestFile), { recursive: true, force: true }));

  const openHub = async (query = "", viewer: Viewer = {}) => {
    const url = `${world().base}/_apps/hub/trial.host.hub${query}`;
    const opened = await openExtensionPage(browser(), url, viewer);
    await opened.frame.waitForSelector("h1:has-text('Ready: trial.host.hub')");
    return opened;
  };
  const frameBelow = async (page: Page, place: string): Promise<Frame> => {
    const frame = await (await page.waitForSelector(`${place} iframe`)).contentFrame();
    assert.ok(frame);
    await frame.waitForSelector("h1:has-text('Ready')");
    return frame;
  };

  it("tells a page who looks, where, and in which theme", async () => {
    const { page, frame } = await openHub("", { identity: "reader", theme: "dark" });
    assert.deepEqual(
      await frame.evaluate(() => [SDK.getUser().displayName, SDK.getWebContext().project.name]),
      ["Remy Reader", "shop"],
    );
    const ground = () =>
      frame.evaluate(() => getComputedStyle(document.body).getPropertyValue("--background-color"));
    assert.equal(await ground(), "rgb(32, 31, 30)");
    assert.notEqual(
      await frame.evaluate(() => location.origin),
      await page.evaluate(() => location.origin),
    );
  });

  it("tells a page when the theme changes, without loading it again", async () => {
    const { page, frame } = await openHub();
    await frame.evaluate(() => {
      const global = globalThis as unknown as { kept: boolean };
      global.kept = true;
    });
    await page.selectOption("label:has-text('Theme') select", "high-contrast");
    await frame.waitForFunction(
      () =>
        getComputedStyle(document.body).getPropertyValue("--background-color") === "rgb(0, 0, 0)",
    );
    assert.equal(
      await frame.evaluate(() => (globalThis as unknown as { kept?: boolean }).kept),
      true,
    );
  });

  it("keeps a page's place in the address, and leads elsewhere", async () => {
    const { page, frame } = await openHub("?environment=dev#top");
    const here = await frame.evaluate(async (id) => {
      const service = await SDK.getService(id);
      service["setQueryParams"]?.({ environment: "prod" });
      service["replaceHash"]?.("bottom");
      service["setDocumentTitle"]?.("Trial title");
      const [query, hash] = [await service["getQueryParams"]?.(), await service["getHash"]?.()];
      return { query, hash };
    }, navigation);
    assert.deepEqual(here, { query: { environment: "prod" }, hash: "bottom" });
    assert.match(page.url(), /trial\.host\.hub\?environment=prod#bottom$/);
    assert.equal(await page.title(), "Trial title");
    const target = `${world().base}/_git/shop/commits`;
    // The frame goes away with the page, perhaps before it has answered.
    await frame
      .evaluate(async ([id, url]) => (await SDK.getService(id))["navigate"]?.(url), [
        navigation,
        target,
      ] as const)
      .catch(() => undefined);
    await page.waitForSelector("h1:has-text('Commits')");
  });

  it("opens no address that is a script", async () => {
    const { page, frame } = await openHub();
    const refused = await frame.evaluate(
      async (id) =>
        Promise.resolve(
          (await SDK.getService(id))["navigate"]?.("javascript:document.title='x'"),
        ).then(
          () => "done",
          (error: Error) => error.message,
        ),
      navigation,
    );
    assert.match(refused, /opens web addresses only/);
    assert.notEqual(await page.title(), "x");
  });

  it("asks a question in its own dialog and tells the answer", async () => {
    const { page, frame } = await openHub();
    const answer = frame.evaluate(
      async (id) =>
        new Promise((resolve) => {
          void SDK.getService(id).then((service) =>
            service["openMessageDialog"]?.("Really roll back?", {
              title: "Roll back",
              okText: "Roll back",
              onClose: resolve,
            }),
          );
        }),
      layout,
    );
    await page.waitForSelector("[role=dialog] >> text=Really roll back?");
    await page.click("[role=dialog] button:has-text('Roll back')");
    assert.equal(await answer, true);
    await page.waitForSelector("[role=dialog]", { state: "detached" });
  });

  for (const kind of ["dialog", "panel"] as const) {
    it(`shows a page of the extension in a ${kind}, which closes itself with a result`, async () => {
      const { page, frame } = await openHub();
      const result = frame.evaluate(
        async ([id, method]) =>
          new Promise((resolve) => {
            void SDK.getService(id).then((service) =>
              service[method]?.("trial.host.content", {
                title: "Choose",
                configuration: { commit: "abc" },
                onClose: resolve,
              }),
            );
          }),
        [layout, kind === "dialog" ? "openCustomDialog" : "openPanel"] as const,
      );
      const inner = await frameBelow(page, "[role=dialog]");
      assert.equal(await inner.evaluate(() => SDK.getConfiguration()["commit"]), "abc");
      await inner.evaluate((name) => {
        SDK.getConfiguration()[name]?.close({ chosen: 3 });
      }, kind);
      assert.deepEqual(await result, { chosen: 3 });
      await page.waitForSelector("[role=dialog]", { state: "detached" });
    });
  }

  it("shows toasts and banners", async () => {
    const { page, frame } = await openHub();
    await frame.evaluate(async (id) => {
      const service = await SDK.getService(id);
      service["addBanner"]?.({ level: 1, message: "prod-weu is silent", dismissable: true });
      service["addToast"]?.({ message: "Rolled back", duration: 60_000 });
    }, messages);
    await page.waitForSelector("text=prod-weu is silent");
    await page.waitForSelector("text=Rolled back");
    await page.click(".portal-banner button[aria-label^=Dismiss]");
    await page.waitForSelector("text=prod-weu is silent", { state: "detached" });
  });

  it("keeps values and documents of the extension, for one user or for all", async () => {
    const { frame } = await openHub();
    const seen = await frame.evaluate(async (id) => {
      const service = await SDK.getService(id);
      const manager = (await service["getExtensionDataManager"]?.("trial.host", "token")) as Record<
        string,
        (...args: readonly unknown[]) => Promise<unknown>
      >;
      const mine = { scopeType: "User" };
      const before = await manager["getValue"]?.("viewed", { ...mine, defaultValue: "none" });
      await manager["setValue"]?.("viewed", ["a", "b"], mine);
      await manager["setDocument"]?.("marks", { id: "one", text: "first" });
      const documents = (await manager["getDocuments"]?.("marks")) as readonly { text: string }[];
      return {
        before,
        after: await manager["getValue"]?.("viewed", mine),
        ofAll: await manager["getValue"]?.("viewed"),
        texts: documents.map(({ text }) => text),
        never: await manager["getDocuments"]?.("nothing"),
      };
    }, data);
    assert.deepEqual(seen, {
      before: "none",
      after: ["a", "b"],
      texts: ["first"],
      never: [],
      ofAll: undefined,
    });
  });

  it("says by name which service it does not have", async () => {
    const { frame } = await openHub();
    const message = await frame.evaluate(() =>
      SDK.getService("ms.vss-work-web.work-item-form").then(
        () => "",
        (error: Error) => error.message,
      ),
    );
    assert.match(message, /host has no service ms\.vss-work-web\.work-item-form/);
  });

  it("shows the tabs of a run that belong to it, with the run in their hands", async () => {
    const id = await world().run("shop-ci");
    const { page } = await open(`_build/results?buildId=${id}`);
    await page.click("nav[aria-label=Run] >> text=Trial run-tab");
    const frame = await frameBelow(page, "main");
    assert.equal(await frame.evaluate(() => SDK.getConfiguration()["buildId"]), id);
    assert.equal(await page.locator("text=Trial foreign-tab").count(), 0);
  });

  it("loads a widget at its size", async () => {
    const { page } = await open("_dashboards");
    const frame = await (await page.waitForSelector("main iframe")).contentFrame();
    await frame?.waitForSelector("h1:has-text('Trial widget 2x1')");
  });
});
