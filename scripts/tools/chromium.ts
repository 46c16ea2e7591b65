import { existsSync } from "node:fs";
import { installPackages } from "./apt.ts";

// Chromium without what surrounds a page: three fifths of the CPU time of the whole one. Debian
// packages it apart.
const shell = "/usr/bin/chromium-headless-shell";
const candidates = [
  shell,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The path of a Chromium for the browser's tests; installed with apt-get where that is possible
 * without asking anybody (root on Debian). Undefined where there is none: those tests then skip.
 * `FLUXGATE_CHROMIUM` names another one.
 */
export function ensureChromium(): string | undefined {
  const found = findChromium();
  if (found !== undefined) return found;
  const what = "Chromium (for the browser's tests)";
  return installPackages(what, ["chromium"]) ? findChromium() : undefined;
}

/** The whole one, as people have it: the shell draws in the page's own time. For figures and pictures. */
export function ensureWholeChromium(): string | undefined {
  if (process.env["FLUXGATE_CHROMIUM"]) return ensureChromium();
  return candidates.find((path) => path !== shell && existsSync(path)) ?? ensureChromium();
}

/** The same, and where it can be installed the one that costs least. For many tests. */
export function ensureFrugalChromium(): string | undefined {
  if (!process.env["FLUXGATE_CHROMIUM"] && !existsSync(shell)) {
    installPackages("Chromium's headless shell", ["chromium-headless-shell"]);
  }
  return ensureChromium();
}

function findChromium(): string | undefined {
  const named = process.env["FLUXGATE_CHROMIUM"];
  return [...(named ? [named] : []), ...candidates].find((path) => existsSync(path));
}
