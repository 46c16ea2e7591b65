import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** The built command; `ensureBuilt(["cli"])` comes first. */
export const program = resolve("dist/cli/fluxgate.mjs");

/** Runs `fluxgate` as a user would: a process of its own in a folder. */
export function fluxgate(cwd: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: "utf8",
  });
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  return { code: status, out: lines(stdout), err: lines(stderr) };
}
