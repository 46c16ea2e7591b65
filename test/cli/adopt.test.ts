import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { configMap, deliveryWith, workspace } from "../rendering/rendering-harness.ts";
import type { Workspace } from "../rendering/rendering-harness.ts";
import { fluxgate } from "./cli-process.ts";

describe("fluxgate adopt", () => {
  before(() => ensureBuilt(["cli"]));
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
    space.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: api }").replace(
        "environments:",
        "  - { name: web, render: [{ copy: { path: web } }] }\nenvironments:",
      ),
      "api/all.yaml": `${configMap("a")}---\n${configMap("b", "2")}`,
      "web/c.yaml": configMap("c"),
    });
    existing("dev/legacy/api.yaml", `# by hand\n${configMap("b", "2")}---\n${configMap("a")}`);
    existing("dev/legacy/web.yaml", configMap("c", "old"));
    existing("dev/kustomization.yaml", "resources:\n  - legacy/web.yaml\n  - legacy/api.yaml\n");
    existing("dev/notes.txt", "keep");
  });
  afterEach(() => space.remove());
  const existing = (path: string, text: string) => {
    mkdirSync(dirname(join(space.out, path)), { recursive: true });
    writeFileSync(join(space.out, path), text);
  };
  const inNamespace = (name: string) => {
    const text = readFileSync(join(space.checkout, "fluxgate.yaml"), "utf8");
    const named = text.replace("    render:", `    namespace: ${name}\n    render:`);
    space.put({ "fluxgate.yaml": named });
  };
  const adopt = (...args: string[]) =>
    fluxgate(space.checkout, ["adopt", "--out", space.out, "--environment", "dev", ...args]);

  it("moves one app's objects into its folder and proves that none changes", () => {
    assert.deepEqual(adopt("--app", "api"), {
      code: 0,
      out: [
        "dev: 0 objects changed, 2 unchanged, 2 in another file than before",
        "dev: wrote 4 files, removed 1",
        "to do: dev/kustomization.yaml:3: lists legacy/api.yaml, which is removed: list the app's folder there instead",
      ],
      err: [],
    });
    assert.ok(!existsSync(join(space.out, "dev/legacy/api.yaml")));
    assert.ok(existsSync(join(space.out, "dev/legacy/web.yaml")));
    assert.ok(existsSync(join(space.out, "dev/notes.txt")));
  });

  it("goes on with the next app and leaves the first as it is", () => {
    adopt("--app", "api");
    const before = readFileSync(join(space.out, "dev/api/v1_configmap_a.yaml"), "utf8");
    const { out } = adopt("--app", "web");
    assert.deepEqual(out.slice(0, 4), [
      "dev: 1 object changed, 2 unchanged, 1 in another file than before",
      "  ~ ConfigMap/c",
      '      data.a: "old" → "1"',
      "dev: wrote 3 files, removed 1",
    ]);
    assert.equal(readFileSync(join(space.out, "dev/api/v1_configmap_a.yaml"), "utf8"), before);
    const rendered = fluxgate(space.checkout, ["render", "--out", space.out]);
    assert.deepEqual(rendered.out, ["dev: 3 objects in dev, unchanged"]);
  });

  it("writes nothing on a dry run", async () => {
    const before = await space.tree();
    const { code, out } = adopt("--dry-run");
    assert.equal(code, 0);
    assert.match(out[0] ?? "", /^dev: 1 object changed, 2 unchanged/);
    assert.deepEqual(await space.tree(), before);
  });

  it("counts the namespace that a kustomization above gives", () => {
    inNamespace("shop");
    existing("dev/kustomization.yaml", "namespace: shop\nresources: [legacy/api.yaml]\n");
    assert.deepEqual(adopt("--app", "api").out.slice(0, 2), [
      "dev: 0 objects changed, 2 unchanged, 2 in another file than before",
      "dev: wrote 4 files, removed 1",
    ]);
  });

  it("counts as kustomize has it what lives in the whole cluster", () => {
    const issuer = "apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: { name: i";
    const renamed = "apiVersion: v1\nkind: Namespace\nmetadata: { name: ";
    space.put({ "api/all.yaml": `${issuer}, namespace: shop }\n---\n${renamed}shop }\n` });
    existing("dev/legacy/api.yaml", `${issuer} }\n---\n${renamed}other }\n`);
    existing("dev/kustomization.yaml", "namespace: shop\nresources: [legacy/api.yaml]\n");
    assert.match(adopt("--app", "api").out[0] ?? "", /^dev: 0 objects changed, 2 unchanged/);
    assert.ok(!existsSync(join(space.out, "dev/legacy/api.yaml")));
  });

  it("does not count a namespace that a kustomization above gives to other files", () => {
    existing("dev/kustomization.yaml", "namespace: shop\nresources: [legacy/ks.yaml]\n");
    existing("dev/legacy/ks.yaml", configMap("other"));
    assert.match(adopt("--app", "api").out[0] ?? "", /^dev: 0 objects changed, 2 unchanged/);
  });

  it("takes over objects whose namespace is left to Flux, and says that it is written now", () => {
    inNamespace("shop");
    const { out } = adopt("--app", "api");
    assert.deepEqual(out.slice(0, 4), [
      "dev: 2 objects changed, 0 unchanged, 2 in another file than before",
      "  ~ ConfigMap/shop/a",
      '      metadata.namespace: nothing → "shop"',
      "  ~ ConfigMap/shop/b",
    ]);
    assert.ok(!existsSync(join(space.out, "dev/legacy/api.yaml")));
  });

  it("refuses files whose kustomization makes something else of them, or lists more", () => {
    existing("dev/legacy/kustomization.yaml", "resources: [api.yaml]\nnamePrefix: x-\n");
    assert.match(
      adopt("--app", "api").err[0] ?? "",
      /legacy\/api.yaml: cannot take the file over: legacy\/kustomization.yaml makes something else of it \(namePrefix\)/,
    );
    existing("dev/legacy/kustomization.yaml", "resources: [api.yaml]\n");
    existing("dev/kustomization.yaml", "resources: [over]\n");
    existing("dev/over/kustomization.yaml", "resources: [../legacy]\npatches: [{ path: p }]\n");
    assert.match(
      adopt("--app", "api").err[0] ?? "",
      /legacy\/api.yaml: cannot take the file over: over\/kustomization.yaml makes something else of it \(patches\)/,
    );
    existing("dev/over/kustomization.yaml", "resources: [../legacy]\n");
    existing("dev/api/a.yaml", configMap("a"));
    existing("dev/api/extra.yaml", configMap("extra"));
    existing("dev/api/kustomization.yaml", "resources: [a.yaml, extra.yaml]\n");
    existing("dev/legacy/kustomization.yaml", "resources: [api.yaml]\n");
    assert.match(
      adopt("--app", "api").err[0] ?? "",
      /api\/kustomization.yaml: cannot take the file over: it also lists extra.yaml: ConfigMap\/extra is not in the render/,
    );
  });

  it("refuses a file that also holds an object which is not rendered, and an unknown app", () => {
    existing("dev/legacy/web.yaml", `${configMap("c")}---\n${configMap("other")}`);
    const { code, err } = adopt();
    assert.equal(code, 1);
    assert.match(
      err[0] ?? "",
      /legacy\/web.yaml: cannot take the file over: it also holds .*other/,
    );
    assert.match(adopt("--app", "apo").err[0] ?? "", /has no app "apo": it has api, web/);
  });
});
