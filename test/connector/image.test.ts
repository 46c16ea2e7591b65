import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { openKube } from "../../kube/open-node.ts";
import { kubeFromCache } from "../../scripts/kube/ensure-kube.ts";

const copied = readFileSync("connector/Dockerfile", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("COPY "))
  .map((line) => line.split(" ").slice(1));

describe("the connector's image", function () {
  this.timeout(120_000);
  const app = mkdtempSync(join(tmpdir(), "fluxgate-image-"));
  after(() => rmSync(app, { recursive: true, force: true }));

  it("holds what Flux's own build needs to answer", async function () {
    const modules = await kubeFromCache();
    if (modules === undefined) this.skip();
    for (const words of copied) {
      const to = join(app, words.at(-1) ?? "");
      mkdirSync(to, { recursive: true });
      for (const from of words.slice(0, -1).filter((one) => one.startsWith("dist/kube/"))) {
        cpSync(join(modules, basename(from)), join(to, basename(from)));
      }
    }
    const kube = openKube(join(app, "kube"));
    const text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n";
    const built = await kube.build({ files: { "dev/settings.yaml": text }, path: "dev" });
    kube.close();
    assert.equal(built.kind, "built", JSON.stringify(built));
  });

  it("holds the bundle and the licences of all that is in it", () => {
    const sources = copied.flatMap((words) => words.slice(0, -1));
    for (const wanted of ["LICENSE", "dist/connector/", "dist/kube/LICENSES.txt"]) {
      assert.ok(sources.includes(wanted), wanted);
    }
  });
});
