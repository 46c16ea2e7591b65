import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { ensureBuilt } from "../../../scripts/build/ensure-built.ts";
import { openBrowser, openPortal, type OpenPortal, type Viewer } from "./browser.ts";
import { startPortalWorld, type PortalWorld } from "./portal-world.ts";

export type Portal = {
  /** This test's own organisation. */
  readonly world: () => PortalWorld;
  readonly browser: () => Browser;
  /** Opens `path` below the project. */
  readonly open: (path: string, viewer?: Viewer) => Promise<OpenPortal>;
};

/** Hooks of a describe: one browser for all of its tests, an organisation for each. */
export function withPortal(options?: Parameters<typeof startPortalWorld>[0]): Portal {
  let browser: Browser;
  let world: PortalWorld;

  before(async function () {
    const opened = await openBrowser();
    if (opened === undefined) return this.skip();
    browser = opened;
    await ensureBuilt(["portal"]);
  });
  beforeEach(async () => {
    world = await startPortalWorld(options);
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    assert.deepEqual(world.sandbox.unhandled(), []);
    await world.stop();
  });
  after(() => browser?.close());

  return {
    world: () => world,
    browser: () => browser,
    open: (path, viewer) => openPortal(browser, `${world.base}/${path}`, viewer),
  };
}
