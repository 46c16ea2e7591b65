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
  const failure =
    failureOf("update", "-q") ??
    failureOf("install", "-q", "-y", "--no-install-recommends", ...packages);
  done(failure);
  return failure === undefined;
}

/** apt-get's own last words where it failed. */
function failureOf(...args: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync("apt-get", [...args], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  if (status === 0) return undefined;
  const said = stderr?.trim().split("\n").at(-1);
  return `apt-get ${args[0]}: ${said || (error?.message ?? `it ended with ${status}`)}`;
}
