import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { TerminalError, userMessage } from "../../core/errors.ts";
import { configMap, deliveryWith, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

describe("an output folder that cannot be written", () => {
  let space: Workspace;
  beforeEach(() => {
    space = workspace();
    space.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: x }").replace(
        "  - name: dev",
        "  - name: dev\n  - name: prod",
      ),
      "x/a.yaml": configMap("a"),
    });
  });
  afterEach(() => space.remove());
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(space.out, path)), { recursive: true });
    writeFileSync(join(space.out, path), text);
  };
  const failure = async () => {
    const error: unknown = await space.render().catch((thrown: unknown) => thrown);
    assert.ok(error instanceof TerminalError, String(error));
    assert.equal(error.code, "output-not-written");
    return userMessage(error);
  };

  it("is named with the cause and what to do", async () => {
    writeFileSync(space.out, "a file");
    assert.match(await failure(), /^Failed to write the render into .*\/out: .*Nothing in it was/);
  });

  it("is as it was when the disk is full", async function () {
    mkdirSync(space.out);
    const mount = ["-t", "tmpfs", "-o", "size=64k", "tmpfs", space.out];
    if (spawnSync("mount", mount).status !== 0) return this.skip();
    try {
      await space.render();
      const before = await space.tree();
      space.put({
        "x/big.yaml": configMap("big", "x".repeat(100_000)),
        "x/a.yaml": configMap("b"),
      });
      assert.match(await failure(), /no space left.*Nothing in it was changed/);
      assert.deepEqual(await space.tree(), before);
      assert.deepEqual(readdirSync(space.out).sort(), ["dev", "prod"]);
    } finally {
      spawnSync("umount", [space.out]);
    }
  });

  it("is told where a folder lies in the way of a file", async () => {
    write("dev/api/v1_configmap_a.yaml/x", "by hand");
    assert.deepEqual(await space.problems(), [
      "dev/api/v1_configmap_a.yaml: the render needs a file where this folder is",
    ]);
    assert.ok(!existsSync(join(space.out, "prod")));
  });

  it("is not written through links, for high-level results either", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - { copy: { path: x }, highLevel: true }"),
    });
    const outside = join(space.out, "../outside");
    mkdirSync(outside);
    mkdirSync(space.out);
    symlinkSync(outside, join(space.out, "high-level"));
    assert.match((await space.problems())[0] ?? "", /high-level in .* is a symbolic link/);
    symlinkSync(outside, join(space.out, ".fluxgate-writing"));
    assert.match(await failure(), /\.fluxgate-writing is a link/);
    assert.deepEqual(readdirSync(outside), []);
  });

  it("is shared by renders at the same time", async () => {
    const each = ["dev", "prod", "dev", "prod"].map((name) =>
      space.render({ environments: [name] }),
    );
    await Promise.all(each);
    for (const { plans } of [await space.render()]) {
      assert.deepEqual(
        plans.map(({ plan }) => plan.unchanged),
        [true, true],
      );
    }
    assert.deepEqual(readdirSync(space.out).sort(), ["dev", "prod"]);
  });

  it("is taken over from a process that is gone", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    write(".fluxgate-writing/owner.json", JSON.stringify({ id: "x", pid, host: hostname() }));
    write(".fluxgate-writing/0", "half a fi");
    await space.render();
    assert.deepEqual(readdirSync(space.out).sort(), ["dev", "prod"]);
  });

  it("is not led elsewhere by what looks like an interrupted render", async () => {
    const paths = ["../x", "/tmp/x", "dev/../../x", ".git/config", "a\\b", ""];
    for (const path of paths) {
      const journal = { kind: "FluxgateWriting", steps: [{ path, staged: 0, after: "x" }] };
      write(".fluxgate-writing/journal.json", JSON.stringify(journal));
      write(".fluxgate-writing/0", "evil");
      assert.match((await space.problems())[0] ?? "", /no render wrote this/, path);
    }
    assert.deepEqual(readdirSync(dirname(space.out)).sort(), ["checkout", "out"]);
  });
});
