import { runProgram } from "../../sandbox/processes/run-program.ts";
import { ensureTools } from "../../scripts/tools.ts";

/** Runs the real kubectl; `apply` takes its YAML as text. */
export async function kubectl(kubeconfig: string, args: readonly string[]): Promise<string> {
  const { kubectl: binary } = await ensureTools();
  const { code, stdout, stderr } = await runProgram({
    ...{ command: binary, args: ["--kubeconfig", kubeconfig, ...args], timeoutMs: 180_000 },
    // It lives for a moment, a quarter of it spent on collecting garbage.
    env: { ...process.env, GOGC: "800", GOMEMLIMIT: "512MiB" },
  });
  if (code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${stderr.toString().trim()}`);
  return stdout.toString();
}
