import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { openKube } from "../../kube/open-node.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";
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

  it("holds what Flux's own build needs to answer", async function () {
    const modules = await kubeFromCache();
    if (modules === undefined) this.skip();
    const [, copied = ""] = /^COPY (dist\/kube\/.+) \/kube\/$/m.exec(dockerfile) ?? [];
    mkdirSync(join(folder, "kube"));
    for (const file of copied.split(" ").map((path) => basename(path))) {
      cpSync(join(modules, file), join(folder, "kube", file));
    }
    const kube = openKube(join(folder, "kube"));
    const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n";
    const built = await kube.build({ files: { "dev/settings.yaml": text }, path: "dev" });
    kube.close();
    assert.equal(built.kind, "built", JSON.stringify(built));
    assert.match(copied, /LICENSES\.txt/);
  });

  it("runs as nobody", () => {
    assert.match(dockerfile, /^USER 65532:65532$/m);
  });
});
