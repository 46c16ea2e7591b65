import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "mocha";
import type { Browser } from "playwright-core";
import { openBrowser } from "../../sandbox/test/portal/browser.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { type HubWorld, type HubWorldOptions, startHubWorld } from "./hub-world.ts";

/** Takes what was opened, and makes of the world what the tests need. */
type Opened = (browser: Browser, world: HubWorld) => void | Promise<void>;

/**
 * A browser and one world for all tests of a `describe`, which is skipped where there is no
 * Chromium. Pages end with their test, and no request may have gone unanswered.
 */
export function useHub(opened: Opened, options: HubWorldOptions = {}): void {
  useWorld(opened, { begin: before, finish: after, options });
}

/** The same with a world of its own for each test. */
export function useHubForEach(opened: Opened): void {
  useWorld(opened, { begin: beforeEach, finish: afterEach, options: {} });
}

type Hook = (run: () => Promise<void>) => void;

function useWorld(
  opened: Opened,
  {
    begin,
    finish,
    options,
  }: { readonly begin: Hook; readonly finish: Hook; readonly options: HubWorldOptions },
): void {
  const browser = useBrowser();
  let world: HubWorld | undefined;
  begin(async () => {
    world = await startHubWorld(options);
    await opened(browser(), world);
  });
  finish(async () => {
    if (world !== undefined) await end(world);
  });
}

function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  before(async function () {
    browser = await openBrowser();
    if (browser === undefined) return this.skip();
    await ensureBuilt(["hub", "portal"]);
  });
  afterEach(async () => {
    for (const context of browser?.contexts() ?? []) await context.close();
  });
  after(() => browser?.close());
  return () => browser ?? assert.fail("no browser was opened");
}

async function end(world: HubWorld): Promise<void> {
  try {
    assert.deepEqual(world.sandbox.unhandled(), []);
  } finally {
    await world.stop();
  }
}
