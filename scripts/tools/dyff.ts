import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { progress } from "../progress.ts";
import { takeFromCache } from "./cache.ts";

// Go checks the module against its public sums.
const module = "github.com/homeport/dyff/cmd/dyff@v1.12.0";

/** The path of dyff, built once with Go; undefined where there is no Go. */
export async function ensureDyff(): Promise<string | undefined> {
  if (spawnSync("go", ["version"]).status !== 0) return undefined;
  const folder = await takeFromCache("dyff-1.12.0", async (directory) => {
    const done = progress("Building dyff (about 20 s)");
    const built = spawnSync("go", ["install", module], {
      env: { ...process.env, GOBIN: directory, GOFLAGS: "-trimpath" },
      encoding: "utf8",
    });
    if (built.status !== 0) throw new Error(`Failed to build dyff: ${built.stderr}`);
    done();
  });
  return join(folder, "dyff");
}
