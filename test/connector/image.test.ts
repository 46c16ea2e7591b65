import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { ensureNode24 } from "../../scripts/tools.ts";

describe("the connector's image", function () {
  // A cold build and download.
  this.timeout(180_000);
  const dockerfile = readFileSync("connector/Dockerfile", "utf8");
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "fluxgate-image-"))));
  after(() => rmSync(folder, { recursive: true }));

  it("needs nothing but the folder that it copies, on the Node of its base", async () => {
    await ensureBuilt(["connector"]);
    const [, copied = ""] = /^COPY (.+) \.\/$/m.exec(dockerfile) ?? [];
    assert.equal(copied, "LICENSE dist/connector/");
    assert.match(dockerfile, /^FROM node:24/m);
    cpSync("dist/connector/", folder, { recursive: true });
    const node = (await ensureNode24()) ?? process.execPath;
    // The start reads every import of the bundle; the configuration is not there.
    const { status, stdout, stderr } = spawnSync(node, ["main.mjs", "--config", "absent.yaml"], {
      ...{ cwd: folder, encoding: "utf8", timeout: 60_000, env: {} },
    });
    assert.equal(status, 2, stderr);
    assert.match(stdout, /absent\.yaml: the configuration cannot be read: there is no such file/);
  });

  it("runs as nobody", () => {
    assert.match(dockerfile, /^USER 65532:65532$/m);
  });
});
