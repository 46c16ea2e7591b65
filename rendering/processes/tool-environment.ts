import { mkdirSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";

// What programs need on each platform; everything else (tokens above all) stays out.
const inherited = ["PATH", "Path", "SystemRoot", "SYSTEMROOT", "PATHEXT", "windir"];

/**
 * A clean environment for helm, kubectl and jsonnet: no tokens, no kubeconfig, homes of its own
 * under `scratch` (Helm processes that share a cache race: holos#452, helmfile#2387).
 */
export function toolEnvironment(
  scratch: string,
  outer: Readonly<Record<string, string | undefined>> = process.env,
): Readonly<Record<string, string>> {
  const home = join(scratch, "home");
  mkdirSync(home, { recursive: true });
  const kept = inherited.flatMap((name) => {
    const value = outer[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: scratch,
    TEMP: scratch,
    TMP: scratch,
    LANG: "C.UTF-8",
    // Templates that print a time must not depend on where the agent stands.
    TZ: "UTC",
    KUBECONFIG: devNull,
    HELM_CACHE_HOME: join(home, "helm-cache"),
    HELM_CONFIG_HOME: join(home, "helm-config"),
    HELM_DATA_HOME: join(home, "helm-data"),
    // helm, kubectl and jsonnet are Go programs that live for 40 ms; a fifth of their CPU time went
    // into collecting garbage. Large ones still collect: at nine times what is alive, or 512 MiB.
    GOGC: "800",
    GOMEMLIMIT: "512MiB",
    // A chart or base must never make git ask for a password.
    GIT_TERMINAL_PROMPT: "0",
  };
}
