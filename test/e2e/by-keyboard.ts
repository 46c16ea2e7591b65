import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { eventually } from "../support/eventually.ts";

/** What of the extension the keyboard is at, by its label or text; empty where it is elsewhere. */
async function focused(page: Page): Promise<string> {
  let found = "";
  for (const frame of page.frames().filter((one) => one.parentFrame() !== null)) {
    const name = await frame
      .evaluate(() => {
        const at = document.activeElement;
        if (at === null || at === document.body || at.tagName === "IFRAME") return "";
        const label = (at as HTMLInputElement).labels?.[0]?.innerText;
        return at.getAttribute("aria-label") ?? label ?? (at as HTMLElement).innerText;
      })
      // A frame that is being left has nothing.
      .catch(() => "");
    found = name.trim().replaceAll(/\s+/g, " ") || found;
  }
  return found;
}

/** Presses Tab until it is at what is named so. */
export async function tabTo(page: Page, name: RegExp, most = 120): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < most; presses += 1) {
    const at = await focused(page);
    if (name.test(at)) return;
    passed.push(at);
    await page.keyboard.press("Tab");
  }
  assert.fail(`no Tab leads to ${String(name)}, past ${JSON.stringify(passed)}`);
}

/** Goes there and presses Enter. */
export async function choose(page: Page, name: RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}

/** Whatever was pressed, the keyboard ends there and not at the top of the page. */
export async function staysAt(page: Page, name: RegExp): Promise<void> {
  await eventually(`the focus at ${String(name)}`, async () =>
    name.test(await focused(page)) ? true : undefined,
  );
}

/** A picture of a step, where `FLUXGATE_PICTURES` names a folder for them. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env["FLUXGATE_PICTURES"];
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}
