import { spawnSync } from "node:child_process";
import { typescript } from "../support/run-typescript.ts";

/** Runs `fluxgate` as a user would: a process of its own in a folder. */
export function fluxgate(cwd: string, args: readonly string[]) {
  const program = typescript("cli/main.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
    cwd,
    encoding: "utf8",
  });
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  return { code: status, out: lines(stdout), err: lines(stderr) };
}
