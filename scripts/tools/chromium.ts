import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { progress } from "../progress.ts";

const candidates = [
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
  return findChromium() ?? (installChromium() ? findChromium() : undefined);
}

function findChromium(): string | undefined {
  const named = process.env["FLUXGATE_CHROMIUM"];
  return [...(named ? [named] : []), ...candidates].find((path) => existsSync(path));
}

function installChromium(): boolean {
  const mayInstall =
    process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!mayInstall) return false;
  const done = progress("Installing Chromium with apt-get (for the browser's tests)");
  const apt = (...args: readonly string[]) =>
    spawnSync("apt-get", [...args], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status === 0;
  const installed =
    apt("update", "-q") && apt("install", "-q", "-y", "--no-install-recommends", "chromium");
  done();
  return installed;
}
