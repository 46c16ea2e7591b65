import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { progress } from "../progress.ts";

/**
 * Installs Debian packages where that is possible without asking anybody: as root, with apt-get.
 * @returns whether they are there now
 */
export function installPackages(what: string, packages: readonly string[]): boolean {
  const may =
    process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (!may) return false;
  const done = progress(`Installing ${what} with apt-get`);
  const apt = (...args: readonly string[]) =>
    spawnSync("apt-get", [...args], {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status === 0;
  const installed =
    apt("update", "-q") && apt("install", "-q", "-y", "--no-install-recommends", ...packages);
  done();
  return installed;
}
