import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openKube } from "../../kube/open-node.ts";
import { kubeWorkerText } from "../../scripts/kube/ensure-kube.ts";

describe("without the modules", function () {
  this.timeout(20_000);
  let folder = "";
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-kube-"));
    writeFileSync(join(folder, "worker.cjs"), await kubeWorkerText());
  });
  after(() => rmSync(folder, { recursive: true }));

  const ask = async (from: string | undefined) => {
    const kube = openKube(from);
    try {
      const built = await kube.build({ files: {}, path: "." });
      return built.kind === "absent" ? built : assert.fail(JSON.stringify(built));
    } finally {
      kube.close();
    }
  };

  it("says that they are absent where no folder is there", async () => {
    const { cause, text } = await ask(undefined);
    assert.equal(cause, "not-included");
    assert.match(text, /without Flux's and Kubernetes' own code/);
  });

  it("says so where the folder has lost its lock, or holds something else for it", async () => {
    assert.match((await ask(folder)).text, /cannot be used: ENOENT.*kube\.json/);
    writeFileSync(join(folder, "kube.json"), "{");
    assert.match((await ask(folder)).text, /cannot be used: .*JSON/);
  });

  it("says so where the folder has lost one", async () => {
    const one = { sha256: "", bytes: 0 };
    const lock = {
      kubernetes: "1.36.3",
      fluxKustomize: "",
      modules: { build: one, validate: one },
    };
    writeFileSync(join(folder, "kube.json"), JSON.stringify(lock));
    const { cause, text } = await ask(folder);
    assert.equal(cause, "not-included");
    assert.match(text, /ENOENT/);
  });

  it("says so where the file is no module", async () => {
    writeFileSync(join(folder, "build.wasm.gz"), gzipSync("this is no module"));
    assert.match((await ask(folder)).text, /not a WebAssembly module|no memory/);
  });
});
