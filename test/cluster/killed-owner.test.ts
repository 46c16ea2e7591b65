import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureCluster } from "../../scripts/tools/cluster.ts";
import { eventually } from "../support/eventually.ts";
import { typescript } from "../support/run-typescript.ts";

describe("the real Flux whose owner is killed", function () {
  this.timeout(900_000);

  it("leaves neither a process nor a file behind", async function () {
    // Which process has which environment can be read on Linux only.
    if (process.platform !== "linux") return this.skip();
    const binaries = await ensureCluster();
    const directory = await mkdtemp(join(tmpdir(), "fluxgate-killed-"));
    const program = typescript("test/cluster/start-and-wait.ts");
    const owner = spawn(process.execPath, [...program, directory, binaries], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    owner.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await eventually("the start", () => output.includes("started") || undefined, {
      withinMs: 60_000,
    });
    assert.ok((await processesOf(directory)).length >= 8);
    owner.kill("SIGKILL");
    await eventually("the end of all processes", async () =>
      (await processesOf(directory)).length === 0 ? true : undefined,
    );
    assert.ok(!existsSync(directory), `${directory} is left`);
  });
});

// By command line and environment: some are told the folder only there.
async function processesOf(directory: string): Promise<string[]> {
  const names = await readdir("/proc");
  const found = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (id) => {
        const texts = await Promise.all(
          ["cmdline", "environ"].map((file) =>
            readFile(join("/proc", id, file), "utf8").catch(() => ""),
          ),
        );
        return texts.some((text) => text.includes(directory)) ? id : undefined;
      }),
  );
  return found.filter((id) => id !== undefined);
}
