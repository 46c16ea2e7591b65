import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { parseOwnershipIndex } from "../../core/render/ownership-index.ts";
import { configMap, deliveryWith, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const a = "dev/api/v1_configmap_a.yaml";
const b = "dev/api/v1_configmap_b.yaml";

describe("the output folder", () => {
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
    space.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: x }"),
      "x/a.yaml": configMap("a"),
      "x/b.yaml": configMap("b"),
    });
  });
  afterEach(() => space.remove());
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(space.out, path)), { recursive: true });
    writeFileSync(join(space.out, path), text);
  };

  it("is as it was when anything fails", async () => {
    await space.render();
    const before = await space.tree();
    space.put({ "x/a.yaml": configMap("a", "2"), "x/c.yaml": "kind: [" });
    await assert.rejects(space.render());
    assert.deepEqual(await space.tree(), before);
    assert.deepEqual(readdirSync(space.out), ["dev"]);
  });

  it("is not touched when nothing but provenance would differ", async () => {
    await space.render({ provenance: { run: "https://example.com/1" } });
    const before = await space.tree();
    const { plans } = await space.render({ provenance: { run: "https://example.com/2" } });
    assert.equal(plans[0]?.plan.unchanged, true);
    assert.deepEqual(await space.tree(), before);
  });

  it("loses what is no longer rendered and keeps what is not ours", async () => {
    await space.render();
    write("dev/api/README.md", "ours by hand");
    write("dev/other/x.yaml", configMap("x"));
    space.put({ "x/b.yaml": undefined });
    await space.render();
    assert.ok(!existsSync(join(space.out, b)));
    assert.ok(existsSync(join(space.out, "dev/api/README.md")));
    assert.ok(existsSync(join(space.out, "dev/other/x.yaml")));
    assert.ok(!space.read("dev/api/kustomization.yaml").includes("configmap_b"));
  });

  it("refuses to overwrite what somebody changed, and says which file", async () => {
    await space.render();
    write(a, "# edited\n");
    space.put({ "x/a.yaml": configMap("a", "2") });
    assert.deepEqual(await space.problems(), [
      `${a}: the file was changed by someone else since it was rendered: to keep the edit, make it in the templates too; to drop it, revert it there`,
    ]);
    assert.equal(space.read(a), "# edited\n");
  });

  it("takes a checkout with CRLF line ends for what git stores", async () => {
    await space.render();
    for (const file of [a, b, "dev/api/kustomization.yaml"]) {
      write(file, space.read(file).replaceAll("\n", "\r\n"));
    }
    const { plans } = await space.render();
    assert.deepEqual(plans[0]?.plan, { writes: [], deletes: [], problems: [], unchanged: true });
  });

  it("is not left through a symbolic link, and none is written through", async () => {
    const outside = join(space.out, "../outside");
    mkdirSync(outside);
    mkdirSync(space.out);
    symlinkSync(outside, join(space.out, "dev"));
    assert.match((await space.problems())[0] ?? "", /dev in .* is a symbolic link/);
    rmSync(join(space.out, "dev"));
    mkdirSync(join(space.out, "dev"));
    symlinkSync(outside, join(space.out, "dev/api"));
    assert.deepEqual(await space.problems(), [
      "dev/api: the render needs a folder where this file is",
    ]);
    rmSync(join(space.out, "dev/api"));
    mkdirSync(join(space.out, "dev/api"));
    writeFileSync(join(outside, "x"), "outside");
    symlinkSync(join(outside, "x"), join(space.out, a));
    assert.match((await space.problems())[0] ?? "", /would overwrite this file/);
    assert.deepEqual(readdirSync(outside), ["x"]);
  });

  it("is not emptied unless that is meant", async () => {
    await space.render();
    space.put({ "x/a.yaml": "# nothing", "x/b.yaml": undefined });
    assert.match(
      (await space.problems())[0] ?? "",
      /is empty and would remove all 3 files .*allowEmpty/,
    );
    await space.render({ allowEmpty: true });
    assert.ok(!existsSync(join(space.out, "dev/api")));
  });

  it("holds several deliveries without their touching one another's files", async () => {
    await space.render();
    const other = workspace();
    other.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: x }").replace(
        "{ name: shop }",
        "{ name: billing }",
      ),
      "x/c.yaml": configMap("c"),
    });
    const shared = { outputFolder: space.out };
    assert.match(
      (await other.problems(shared))[0] ?? "",
      /folder api of dev belongs to delivery shop/,
    );
    other.put({
      "fluxgate.yaml": readFileSync(join(other.checkout, "fluxgate.yaml"), "utf8").replace(
        "- name: api",
        "- name: bill",
      ),
    });
    await other.render(shared);
    assert.ok(existsSync(join(space.out, a)));
    other.put({ "x/c.yaml": configMap("a") });
    assert.match((await other.problems(shared))[0] ?? "", /ConfigMap\/a belongs to delivery shop/);
    other.remove();
  });

  it("has an index that matches the disk, whatever was rendered before", async () => {
    const names = ["a", "b", "c", "d", "e"];
    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    for (let round = 0; round < 12; round += 1) {
      rmSync(join(space.checkout, "x"), { recursive: true });
      const chosen = names.filter(() => random() < 0.6);
      for (const name of ["always", ...chosen]) {
        space.put({ [`x/${name}.yaml`]: configMap(name, random() < 0.5 ? "1" : "2") });
      }
      write(`dev/foreign-${round}.txt`, "keep");
      await space.render();
      const { index } = parseOwnershipIndex(space.read("dev/.fluxgate/shop.json"), "shop.json");
      for (const [path, { sha256 }] of Object.entries(index?.files ?? {})) {
        const bytes = readFileSync(join(space.out, "dev", path));
        assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256);
      }
      const onDisk = readdirSync(join(space.out, "dev/api")).map((name) => `api/${name}`);
      assert.deepEqual(Object.keys(index?.files ?? {}).sort(), onDisk.sort());
      for (let past = 0; past <= round; past += 1) {
        assert.ok(existsSync(join(space.out, `dev/foreign-${past}.txt`)));
      }
    }
  });
});
