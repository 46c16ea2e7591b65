import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { configMap } from "../rendering/rendering-harness.ts";
import { fluxgate } from "./cli-process.ts";

describe("fluxgate init", () => {
  before(() => ensureBuilt(["cli"]));
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-init-"));
    execFileSync("git", ["init", "--quiet", "--initial-branch=main"], { cwd: folder });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const read = (path: string) => readFileSync(join(folder, path), "utf8");
  const init = (...args: string[]) => fluxgate(folder, ["init", "--name", "shop", ...args]);

  it("writes the delivery and its pipelines, renders once and says what comes next", () => {
    put("k8s/dev/a.yaml", configMap("a"));
    put("k8s/prod/a.yaml", configMap("a", "2"));
    const { code, out } = init();
    assert.equal(code, 0);
    assert.deepEqual(out.slice(0, 6), [
      "app shop: plain YAML in k8s/${environment}",
      "wrote fluxgate.yaml",
      "wrote azure-pipelines/ci.yml",
      "wrote azure-pipelines/cd.yml",
      "dev: renders 1 object",
      "prod: renders 1 object",
    ]);
    assert.match(read("azure-pipelines/cd.yml"), /source: shop-ci/);
    assert.match(read("azure-pipelines/cd.yml"), /manifestsRepository: shop-manifests/);
  });

  it("writes over nothing: neither a delivery nor pipelines nor a link to nowhere", () => {
    put("k8s/a.yaml", configMap("a"));
    put("azure-pipelines/ci.yml", "mine\n");
    const first = init();
    assert.equal(first.code, 0);
    assert.equal(read("azure-pipelines/ci.yml"), "mine\n");
    assert.ok(existsSync(join(folder, "azure-pipelines/fluxgate-ci.yml")));
    const before = read("fluxgate.yaml");
    const second = init();
    assert.equal(second.code, 1);
    assert.match(second.err.join("\n"), /Failed to write fluxgate.yaml: it is there already/);
    assert.equal(read("fluxgate.yaml"), before);
  });

  it("prints the files and writes none with --dry-run", () => {
    put("k8s/a.yaml", configMap("a"));
    const { code, out } = init("--dry-run");
    assert.equal(code, 0);
    assert.match(out.join("\n"), /--- fluxgate.yaml\n[^]*kind: Delivery/);
    assert.ok(!existsSync(join(folder, "fluxgate.yaml")));
  });

  it("keeps what it wrote when that does not render yet, and names what is wrong", () => {
    put("k8s/a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: A_B }\ndatta: {}\n");
    const { code, err } = init();
    assert.equal(code, 1);
    assert.match(err.join("\n"), /k8s\/a.yaml/);
    assert.match(err.join("\n"), /datta/);
    assert.ok(existsSync(join(folder, "fluxgate.yaml")));
  });

  it("says so where nothing is deployed, where no repository is, and of a name that is none", () => {
    assert.match(init().err.join("\n"), /Failed to find anything to deploy/);
    put("k8s/a.yaml", configMap("a"));
    assert.match(init("--environment", "Prod!").err.join("\n"), /"Prod!" is no name/);
    rmSync(join(folder, ".git"), { recursive: true });
    assert.match(init().err.join("\n"), /it is in no git repository/);
  });

  it("takes the folder that the manifests repository has, and shows what adopting changes", () => {
    put("k8s/dev/a.yaml", configMap("a", "new"));
    const manifests = mkdtempSync(join(tmpdir(), "fluxgate-manifests-"));
    try {
      execFileSync("git", ["init", "--quiet"], { cwd: manifests });
      mkdirSync(join(manifests, "clusters/eu/dev"), { recursive: true });
      writeFileSync(join(manifests, "clusters/eu/dev/all.yaml"), configMap("a", "old"));
      const { code, out } = init("--manifests", manifests);
      assert.equal(code, 0);
      assert.match(read("fluxgate.yaml"), /path: clusters\/eu\/dev/);
      assert.match(out.join("\n"), /dev: 1 object changed[^]*data.a: "old" → "new"/);
      assert.equal(
        readFileSync(join(manifests, "clusters/eu/dev/all.yaml"), "utf8"),
        configMap("a", "old"),
      );
    } finally {
      rmSync(manifests, { recursive: true, force: true });
    }
  });
});
