// A sandbox with what the hub's bench looks at, and a page of it measured in a real Chromium.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Frame } from "playwright-core";
import { authorizationHeader, connectAzureDevOps } from "../../clients/azure-devops/connection.ts";
import { createPullRequest } from "../../clients/azure-devops/pull-requests.ts";
import { createCommit } from "../../clients/git-commit.ts";
import { createBareRepository, fetchTips, runGit } from "../../clients/git.ts";
import { createSandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import { portalPages } from "../../sandbox/portal/serve-pages.ts";
import type { Workload } from "./diff-workload.ts";
import { longestTaskMs, tracedCategories } from "./main-thread.ts";
import { listenToWaits } from "./waited.ts";

const repo = { project: "shop", repository: "shop-manifests" };
const longestMs = 120_000;

export type HubPages = {
  /** Of a pull request that changes `before` to `after`. */
  readonly reviewUrl: string;
  readonly environmentsUrl: string;
  readonly organisationUrl: string;
  readonly close: () => Promise<void>;
};

/** A manifests repository with `before` on main, and an open pull request of a run with `after`. */
export async function startHubPages({ before, after }: Workload): Promise<HubPages> {
  const scratch = mkdtempSync(join(tmpdir(), "fluxgate-bench-hub-"));
  const files = { "README.md": "manifests\n", ...Object.fromEntries(before) };
  const sandbox = await createSandbox({
    seed: {
      organisation: "fabrikam",
      projects: [{ name: repo.project, repositories: [{ name: repo.repository, files }] }],
    },
    pages: portalPages({
      portalDirectory: "dist/portal",
      manifestFile: "vss-extension.json",
      organisation: "fabrikam",
    }),
  });
  const { organisationUrl } = sandbox;
  const url = `${organisationUrl}/${repo.project}/_git/${repo.repository}`;
  const clone = await createBareRepository({
    directory: join(scratch, "clone.git"),
    url,
    authorization: authorizationHeader("sandbox-admin", "pat"),
  });
  const [parent = ""] = await fetchTips(clone, ["main"]);
  const commit = await createCommit(clone, {
    ...{ parent, message: "Deploy", time: Math.floor(Date.now() / 1000), deletes: [] },
    author: { name: "bench", email: "bench@example.com" },
    writes: [...after].map(([path, text]) => ({ path, content: Buffer.from(text) })),
  });
  const branch = "fluxgate/shop/prod/1";
  await runGit(clone, ["push", "--quiet", url, `${commit}:refs/heads/${branch}`]);
  const token = async () => "sandbox-build";
  const ado = connectAzureDevOps({ organisationUrl, token, kind: "pat" });
  const { pullRequestId } = await createPullRequest(ado, {
    ...{ repo, sourceRef: `refs/heads/${branch}`, targetRef: "refs/heads/main" },
    title: "Deploy shop to prod",
    description: "",
  });
  return {
    organisationUrl,
    reviewUrl: `${url}/pullrequest/${pullRequestId}?_a=fluxgate.fluxgate.review`,
    environmentsUrl: `${organisationUrl}/${repo.project}/_apps/hub/fluxgate.fluxgate.environments`,
    close: async () => {
      await sandbox.close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

export type PageFigures = {
  /** From opening the page to what it is for being on the screen. */
  readonly shownMs: number;
  /** How much of that an answer of the sandbox was waited for: not the product's time. */
  readonly waitedMs: number;
  /** The longest task of the extension's page in its own time, until then and in the step after. */
  readonly blockedMs: number;
  readonly nodes: number;
  /** To Azure DevOps, by the extension's page. */
  readonly calls: number;
  /** From a key in the page's search to the next picture. */
  readonly keyMs: number;
};

/** Opens a page of the hub with an empty cache and looks at it as a person would. */
export async function measurePage(
  browser: Browser,
  of: {
    readonly url: string;
    /** What shows that it is there. */
    readonly ready: string;
    /** What is pressed then, where something is. */
    readonly press?: string;
  },
): Promise<PageFigures> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    const waited = listenToWaits(page);
    let calls = 0;
    page.on("request", (request) => {
      const isOwn = request.frame().parentFrame() !== null;
      if (isOwn && /\/_apis\//.test(request.url())) calls += 1;
    });
    await browser.startTracing(page, { categories: [...tracedCategories] });
    const begin = performance.now();
    await page.goto(of.url, { timeout: longestMs });
    const element = await page.waitForSelector("iframe.portal-frame", { timeout: longestMs });
    const frame = await element.contentFrame();
    if (frame === null) throw new Error("the extension's frame is gone");
    await frame.waitForSelector(of.ready, { timeout: longestMs });
    const shownMs = performance.now() - begin;
    const seen = { shownMs, waitedMs: waited(), calls };
    const button = of.press === undefined ? null : await frame.$(of.press);
    await button?.click({ timeout: longestMs });
    // Before the search leaves out most of it.
    const nodes = await frame.evaluate(() => document.querySelectorAll("*").length);
    const keyMs = await measureKey(frame);
    const trace = (await browser.stopTracing()).toString("utf8");
    return { ...seen, blockedMs: longestTaskMs(trace, /\/hub\/[a-z]+\.js/), nodes, keyMs };
  } finally {
    await browser.stopTracing().catch(() => undefined);
    await context.close();
  }
}

function measureKey(frame: Frame): Promise<number> {
  return frame.evaluate(async () => {
    const search = document.querySelector<HTMLInputElement>("input[type=search]");
    if (search === null) return 0;
    const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
    const begin = performance.now();
    value?.set?.call(search, "service-1");
    search.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    return performance.now() - begin;
  });
}
