import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Frame, Page } from "playwright-core";
import { chromium } from "playwright-core";
import { ensureChromium } from "../../../scripts/tools/chromium.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Undefined where there is no Chromium and none can be installed: the caller skips. */
export async function openBrowser(): Promise<Browser | undefined> {
  const executablePath = ensureChromium();
  if (executablePath === undefined) return undefined;
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
}

export type Viewer = {
  readonly identity?: "approver" | "developer" | "reader" | "admin";
  readonly theme?: "light" | "dark" | "high-contrast";
  readonly width?: number;
};

export type OpenPortal = {
  readonly page: Page;
  /** Whatever the browser complained about. */
  readonly complaints: readonly string[];
};

export type OpenPage = OpenPortal & {
  /** The extension's own frame. */
  readonly frame: Frame;
};

/** Opens a page of the portal as somebody, in a browser that knows nothing yet. */
export async function openPortal(
  browser: Browser,
  url: string,
  { identity = "approver", theme = "light", width = 1280 }: Viewer = {},
): Promise<OpenPortal> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.addInitScript(
    (choice) => {
      try {
        // Not again after a reload: by then somebody may have switched.
        if (localStorage.getItem("fluxgate.identity") !== null) return;
        localStorage.setItem("fluxgate.identity", choice.identity);
        localStorage.setItem("fluxgate.theme", choice.theme);
      } catch {
        // A frame without an origin has no storage, and needs none.
      }
    },
    { identity, theme },
  );
  await page.goto(url);
  return { page, complaints };
}

/** Opens a page of the portal that holds a page of the extension, and waits for its frame. */
export async function openExtensionPage(
  browser: Browser,
  url: string,
  viewer: Viewer = {},
): Promise<OpenPage> {
  const { page, complaints } = await openPortal(browser, url, viewer);
  const element = await page.waitForSelector("iframe.portal-frame");
  const frame = await element.contentFrame();
  if (frame === null) throw new Error("the extension's frame is gone");
  await frame.waitForSelector("h1", { timeout: 15_000 });
  return { page, frame, complaints };
}

/**
 * What axe finds wrong in a frame: `rule: element` lines. Transitions are brought to their end:
 * a button on its way from disabled to enabled has neither colour.
 */
export async function axeProblems(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(() => {
    const still = new CSSStyleSheet();
    still.replaceSync("* { transition: none !important; }");
    document.adoptedStyleSheets.push(still);
  });
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    type Result = { violations: { id: string; nodes: { html: string }[] }[] };
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<Result> } };
    const { violations } = await checker.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

/** Waits until an element is on the screen; fails with what stands there instead. */
export async function seeOn(
  page: Page | Frame,
  selector: string,
  options: { readonly timeout?: number } = {},
): Promise<void> {
  await page.waitForSelector(selector, options).catch(async () => {
    assert.fail(`${selector} is not on the screen; there stands: ${await page.innerText("body")}`);
  });
}
