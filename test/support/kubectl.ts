import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ensureTools } from "../../scripts/tools.ts";

const run = promisify(execFile);

/** Runs the real kubectl; `apply` takes its YAML as text. */
export async function kubectl(kubeconfig: string, args: readonly string[]): Promise<string> {
  const { kubectl: binary } = await ensureTools();
  const { stdout } = await run(binary, ["--kubeconfig", kubeconfig, ...args], {
    timeout: 180_000,
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout;
}
