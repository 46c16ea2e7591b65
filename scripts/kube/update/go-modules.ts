import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runGo } from "./ask-go.ts";
import { rewriteMod, type ModPins } from "./rewrite-mod.ts";

/** Our Go modules that compile Flux's or Kubernetes' code, and what of them is built. */
export const goModules = [
  {
    folder: "kube/go",
    packages: ["./build", "./validate"],
    env: { GOOS: "wasip1", GOARCH: "wasm" },
  },
  { folder: "sandbox/flux-real", packages: ["tool"], env: {} },
  { folder: "test/cluster/health-oracle", packages: ["."], env: {} },
] as const;

/**
 * go.mod and go.sum of each with the pins moved, by file. Go resolves them in a copy: it raises what
 * hangs on the pins and refuses what does not fit together.
 * @throws TerminalError with code "kube-update-failed"
 */
export function resolveModules(root: string, pins: ModPins): ReadonlyMap<string, string> {
  const resolved = new Map<string, string>();
  for (const { folder, packages, env } of goModules) {
    const scratch = mkdtempSync(join(tmpdir(), "fluxgate-update-"));
    try {
      cpSync(join(root, folder), scratch, { recursive: true });
      const mod = join(scratch, "go.mod");
      writeFileSync(mod, rewriteMod(readFileSync(mod, "utf8"), pins));
      runGo(["list", "-mod=mod", "-deps", ...packages], {
        cwd: scratch,
        env: { ...env, GOTOOLCHAIN: pins.toolchain },
      });
      for (const name of ["go.mod", "go.sum"]) {
        resolved.set(`${folder}/${name}`, readFileSync(join(scratch, name), "utf8"));
      }
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  }
  return resolved;
}
