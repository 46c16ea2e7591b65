// The hub in a real Chromium against design §8 and the budgets of its research: what is on the screen
// when, how long the page is deaf, how much of it there is, what it asks of Azure DevOps.
import { chromium } from "playwright-core";
import { ensureBuilt } from "../build/ensure-built.ts";
import { ensureWholeChromium } from "../tools/chromium.ts";
import { fleet, longObject, manyObjects, monitoringStack, type Workload } from "./diff-workload.ts";
import { measurePage, type PageFigures, startHubPages } from "./hub-pages.ts";

/** Design §8; times on the wall need a quiet machine, so only what no load changes fails the bench. */
const budgets = { blockedMs: 50, nodes: 2_000, calls: 40, keyMs: 50 };

type Case = {
  readonly workload: Workload;
  readonly page: "review" | "environments";
  readonly shownMs: number;
};

/**
 * Prints a table; whether nodes and calls are within their budgets.
 * @param options `--only=TEXT`: the cases whose names hold it
 */
export async function runHubBench(options: readonly string[] = []): Promise<boolean> {
  const only = options.find((one) => one.startsWith("--only="))?.slice("--only=".length) ?? "";
  const executablePath = ensureWholeChromium();
  if (executablePath === undefined) throw new Error("Failed to measure: there is no Chromium.");
  await ensureBuilt(["hub", "portal"]);
  const cases: readonly Case[] = [
    { workload: monitoringStack(), page: "review", shownMs: 1_500 },
    { workload: manyObjects(500, "one"), page: "review", shownMs: 1_500 },
    { workload: manyObjects(500, "each"), page: "review", shownMs: 4_500 },
    { workload: manyObjects(5_000, "each"), page: "review", shownMs: 15_000 },
    { workload: longObject(), page: "review", shownMs: 1_500 },
    { workload: fleet(), page: "environments", shownMs: 1_500 },
  ];
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  let within = true;
  console.log(
    `\n${row(["", "shown ms", "of it sandbox", "longest task", "nodes", "calls", "key ms"])}`,
  );
  try {
    for (const { workload, page, shownMs } of cases) {
      if (!workload.name.includes(only)) continue;
      const pages = await startHubPages(workload);
      try {
        const figures = await measurePage(browser, {
          url: page === "review" ? pages.reviewUrl : pages.environmentsUrl,
          ready: page === "review" ? "h2:has-text('Objects')" : "table.fg-matrix tbody tr",
          ...(page === "review" ? { press: "button:has-text('Open all')" } : {}),
        });
        within = report(workload.name, figures, shownMs) && within;
      } catch (error) {
        within = false;
        console.log(`${workload.name.padEnd(42)}failed: ${String(error).split("\n")[0]}`);
      } finally {
        await pages.close();
      }
    }
  } finally {
    await browser.close();
  }
  console.log(
    "\n! is over its budget. Shown: from opening the page; of it sandbox: waiting for its answers, and",
  );
  console.log("git's in them, which is time of the service and not of the hub. Nodes and");
  console.log(
    "longest task (in the page's own time) with all objects opened. What is on the wall needs a quiet machine.",
  );
  return within;
}

function report(name: string, figures: PageFigures, shownMs: number): boolean {
  const all = { shownMs, ...budgets };
  const text = (key: keyof typeof all) =>
    `${figures[key].toFixed(0)}${figures[key] > all[key] ? " !" : ""} (${all[key]})`;
  const keys = ["blockedMs", "nodes", "calls", "keyMs"] as const;
  console.log(row([name, text("shownMs"), figures.waitedMs.toFixed(0), ...keys.map(text)]));
  return figures.nodes <= budgets.nodes && figures.calls <= budgets.calls;
}

function row([first = "", ...rest]: readonly string[]): string {
  return `${first.padEnd(42)}${rest.map((text) => text.padEnd(18)).join("")}`.trimEnd();
}
