import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { readManifest } from "../../scripts/package/extension-manifest.ts";
import { createFittingPackage } from "../../scripts/package/fit-package.ts";
import { stageExtension } from "../../scripts/package/stage-extension.ts";

const root = join(import.meta.dirname, "../..");

describe("the package and Flux's own code", function () {
  this.timeout(180_000);
  let scratch = "";
  /** Of the package that goes without. */
  let bareMegabytes = 0;
  before(async () => {
    await ensureBuilt(["hub", "tasks"]);
    scratch = mkdtempSync(join(tmpdir(), "fluxgate-kube-package-"));
  });
  after(() => rmSync(scratch, { recursive: true }));

  /** `npm run package` on a machine without Go that has never made the modules. */
  function runPackage(id: string, ...options: readonly string[]) {
    const script = ["--import", "tsx", "scripts/package.ts", "--publisher", "contoso", "--id", id];
    return spawnSync(process.execPath, [...script, ...options], {
      ...{ cwd: root, encoding: "utf8", timeout: 120_000 },
      env: { ...process.env, PATH: "/usr/bin:/bin", FLUXGATE_CACHE: join(scratch, "cache") },
    });
  }
  const vsix = (id: string) => join(root, `dist/contoso.${id}-${readManifest().version}.vsix`);

  it("fails without it, and says what is missing and how to do without", function () {
    if (existsSync("/usr/bin/go")) return this.skip();
    const { status, stderr } = runPackage("incomplete");
    assert.equal(status, 1);
    assert.match(stderr, /Go is needed for Flux's and Kubernetes' own code; --without-kube/);
    assert.equal(existsSync(vsix("incomplete")), false);
  });

  it("goes without it where it is told to, and says so on its page", () => {
    const { status, stdout, stderr } = runPackage("without", "--without-kube");
    assert.equal(status, 0, stderr);
    assert.match(stdout, /Without Flux's and Kubernetes' own code/);
    const files = unzipSync(readFileSync(vsix("without")));
    assert.deepEqual(
      Object.keys(files).filter((name) => /\.wasm|\/kube\//.test(name)),
      [],
    );
    const page = Buffer.from(files["MARKETPLACE.md"] ?? []).toString();
    assert.match(page, /This copy was packaged without Flux's and Kubernetes' own code/);
    bareMegabytes = statSync(vsix("without")).size / 1024 / 1024;
    rmSync(vsix("without"));
  });

  it("leaves it out of the hub where all together is too large, and says so on its page", () => {
    const { folder, file } = staged("large", 3);
    const said: string[] = [];
    const of = { folder, file, hubHasKube: true, say: (line: string) => said.push(line) };
    createFittingPackage({ ...of, maxMegabytes: bareMegabytes + 1 });
    assert.match(said[0] ?? "", /goes without the API server's own code: with it the package has/);
    assert.match(said[1] ?? "", /The hub goes without Flux's own code: with it the package has/);
    const files = unzipSync(readFileSync(file));
    assert.equal(files["hub/kube/build.wasm.gz"], undefined);
    const page = Buffer.from(files["MARKETPLACE.md"] ?? []).toString();
    assert.match(page, /The pages of this copy were packaged without Flux's own code/);
  });

  it("leaves out only the API server's where that is enough, and the hub's list does not name it", () => {
    const { folder, file } = staged("fitting", 1);
    createFittingPackage({
      ...{ folder, file, hubHasKube: true, say: () => undefined },
      maxMegabytes: bareMegabytes + 1.5,
    });
    const files = unzipSync(readFileSync(file));
    assert.ok(files["hub/kube/build.wasm.gz"]);
    assert.equal(files["hub/kube/validate.wasm.gz"], undefined);
    const lock = JSON.parse(Buffer.from(files["hub/kube/kube.json"] ?? []).toString()) as object;
    assert.deepEqual(lock, { kubernetes: "1.36.3", modules: { build: {} } });
    const page = Buffer.from(files["MARKETPLACE.md"] ?? []).toString();
    assert.match(page, /The pages of this copy were packaged without the API server's own code/);
  });

  it("fails above its size, where no more can be left out", () => {
    const of = { ...staged("refused", 1), hubHasKube: false, say: () => undefined };
    assert.throws(
      () => createFittingPackage({ ...of, maxMegabytes: 0.5 }),
      /has \d+\.\d MB, at most 0\.5/,
    );
  });

  /** A package whose hub carries this many megabytes in each module's place. */
  function staged(id: string, megabytes: number) {
    const { folder } = stageExtension(readManifest(), { publisher: "contoso", name: id });
    rmSync(join(folder, "dist/hub/kube"), { recursive: true, force: true });
    mkdirSync(join(folder, "dist/hub/kube"), { recursive: true });
    for (const name of ["build", "validate"]) {
      const module = join(folder, `dist/hub/kube/${name}.wasm.gz`);
      writeFileSync(module, randomBytes(megabytes * 1024 * 1024));
    }
    const lock = { kubernetes: "1.36.3", modules: { build: {}, validate: {} } };
    writeFileSync(join(folder, "dist/hub/kube/kube.json"), JSON.stringify(lock));
    return { folder, file: join(scratch, `${id}.vsix`) };
  }
});
