import { spawn, spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { kubeModulesKey } from "../kube/build-modules.ts";
import { cacheDirectory } from "../tools/cache.ts";

export type KubeBeside = {
  /** Whether the modules came to be; it never rejects. */
  readonly made: Promise<boolean>;
  /** Ends the making, and takes away what is half done. */
  readonly stop: () => Promise<void>;
};

const without =
  'the review says "its effect is not known here" of what only it can tell, and that the API server\'s own code was not asked, and the gate judges whole Kustomizations';

/**
 * Has Flux's and Kubernetes' own code made by a process of its own, while all else runs already.
 * Undefined where there is no Go for it.
 */
export function makeKubeBeside(say: (line: string) => void): KubeBeside | undefined {
  if (spawnSync("go", ["version"]).status !== 0) {
    say(`Flux's own code is not here, and no Go to make it (npm run kube): ${without}.`);
    return undefined;
  }
  say(`Flux's own code is made beside by Go (3 to 6 min, once): until then ${without}.`);
  // A group of its own: Go starts compilers, which have to end with it.
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/kube.ts"], {
    stdio: ["ignore", "ignore", "pipe"],
    detached: process.platform !== "win32",
  });
  let stopped = false;
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
  const ended = new Promise<number | null>((settle) => {
    child.on("error", (cause) => {
      errors = cause.message;
      settle(null);
    });
    child.on("close", settle);
  });
  const made = ended.then((code) => {
    if (stopped) return false;
    if (code === 0) return true;
    const cause = /Failed to build [^\n]*/.exec(errors)?.[0] ?? errors.trim().split("\n").at(-1);
    say(`Flux's own code was not made, and all else works without. ${cause ?? ""}`);
    return false;
  });
  return {
    made,
    stop: async () => {
      stopped = true;
      if (child.exitCode === null && child.pid !== undefined) endGroup(child.pid);
      await ended;
      const half = join(cacheDirectory(), `${kubeModulesKey()}.partial-${child.pid}`);
      rmSync(half, { recursive: true, force: true });
    },
  };
}

function endGroup(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}
