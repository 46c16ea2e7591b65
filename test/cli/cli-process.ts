import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/** The built command; `ensureBuilt(["cli"])` comes first. */
export const program = resolve("dist/cli/fluxgate.mjs");

/**
 * Runs `fluxgate` as a user would: a process of its own in a folder. Without Kubernetes' own code,
 * unless a folder with it is named: a test says the same whether Go made it here or not. What each
 * such run says of that is left out.
 */
export function fluxgate(cwd: string, args: readonly string[], kube = "") {
  const { err, ...rest } = fluxgateInFull(cwd, args, kube);
  return { ...rest, err: err.filter((line) => !line.includes("FLUXGATE_KUBE is empty")) };
}

/** The same with all that it says. */
export function fluxgateInFull(cwd: string, args: readonly string[], kube = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, FLUXGATE_KUBE: kube },
    encoding: "utf8",
  });
  const lines = (text: string) => text.split("\n").filter((line) => line !== "");
  return { code: status, out: lines(stdout), err: lines(stderr) };
}
