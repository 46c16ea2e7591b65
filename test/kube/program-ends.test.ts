import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";

const program = `
import { openKube } from "./kube/open-node.ts";
const kube = openKube(process.argv[2]);
const { kind } = await kube.build({ files: {}, path: "none" });
console.log(kind);
`;

// A library of the door is CommonJS, which asks for Node's own modules by require.
const banner = {
  js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
};

describe("a program that asked the modules", function () {
  this.timeout(120_000);

  it("ends by itself, closed or not", async function () {
    const folder = await kubeFromCache();
    if (folder === undefined) this.skip();
    const scratch = mkdtempSync(join(tmpdir(), "fluxgate-kube-"));
    try {
      const outfile = join(scratch, "program.mjs");
      const resolveDir = join(import.meta.dirname, "../..");
      const stdin = { contents: program, resolveDir, loader: "ts" } as const;
      await build({
        ...{ stdin, outfile, bundle: true, platform: "node", format: "esm", banner },
      });
      const run = spawnSync(process.execPath, [outfile, folder], {
        encoding: "utf8",
        timeout: 100_000,
      });
      assert.deepEqual([run.status, run.stdout], [0, "failed\n"]);
    } finally {
      rmSync(scratch, { recursive: true });
    }
  });
});
