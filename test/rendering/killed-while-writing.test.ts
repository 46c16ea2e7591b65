import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundleProgram } from "../support/bundle-program.ts";
import { configMap, deliveryWith, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

const changed = "dev/api/v1_configmap_a.yaml";
const foreign = { "README.md": "by hand\n", "dev/api/notes.txt": "keep\n" };

describe("a render that is killed while it writes", () => {
  let space: Workspace;
  let kept: string;
  beforeEach(async () => {
    space = workspace();
    space.put({
      "fluxgate.yaml": deliveryWith("      - { copy: { path: x }, highLevel: true }"),
      "x/a.yaml": configMap("a"),
      "x/gone.yaml": configMap("gone"),
    });
    await space.render();
    for (const [path, text] of Object.entries(foreign)) write(path, text);
    space.put({
      "x/a.yaml": configMap("a", "2"),
      "x/gone.yaml": undefined,
      "x/new.yaml": configMap("new"),
    });
    kept = join(dirname(space.out), "kept");
    cpSync(space.out, kept, { recursive: true });
  });
  afterEach(() => space.remove());

  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(space.out, path)), { recursive: true });
    writeFileSync(join(space.out, path), text);
  };
  const startAgain = () => {
    rmSync(space.out, { recursive: true });
    cpSync(kept, space.out, { recursive: true });
  };
  /** The steps that were begun, and whether it got to the end. */
  const killedAt = (step: number) => {
    const program = bundleProgram("test/rendering/killed-render.ts");
    const args = [program, space.checkout, space.out, String(step)];
    const { stdout, stderr, signal } = spawnSync(process.execPath, args, { encoding: "utf8" });
    assert.equal(stderr, "");
    return { steps: stdout.trimEnd().split("\n"), isKilled: signal === "SIGKILL" };
  };

  it("is finished by the next one, at whatever step, with foreign files as they were", async () => {
    const old = await space.tree();
    await space.render();
    const wanted = await space.tree();
    assert.notDeepEqual(wanted, old);
    let ended: readonly string[] = [];
    for (let step = 1, goesOn = true; goesOn; step += 1) {
      startAgain();
      const { steps, isKilled } = killedAt(step);
      goesOn = isKilled;
      ended = steps;
      const journal = join(space.out, ".fluxgate-writing/journal.json");
      if (isKilled && !existsSync(journal)) assert.deepEqual(await space.tree(), old);
      const { plans } = await space.render();
      assert.deepEqual(await space.tree(), wanted, `killed at ${steps.at(-1)}`);
      assert.ok(!existsSync(dirname(journal)));
      if (!isKilled) assert.equal(plans[0]?.plan.unchanged, true);
    }
    assert.deepEqual(ended, [
      "begin",
      ...["stage 0", "stage 1", "stage 2", "stage 3", "stage 4", "journal"],
      ...[changed, "dev/api/v1_configmap_new.yaml", "dev/api/kustomization.yaml"].map(
        (path) => `write ${path}`,
      ),
      "write high-level/dev/api/result.yaml",
      "delete dev/api/v1_configmap_gone.yaml",
      "write dev/.fluxgate/shop.json",
      "end",
    ]);
  }).timeout(180_000);

  it("does not make the next one overwrite what somebody changed since", async () => {
    const { steps } = killedAt(8);
    assert.equal(steps.at(-1), `write ${changed}`);
    write(changed, "# edited\n");
    assert.deepEqual(await space.problems(), [
      `${changed}: the file was changed by someone else since it was rendered: to keep the edit, make it in the templates too; to drop it, revert it there`,
    ]);
    assert.equal(space.read(changed), "# edited\n");
  }).timeout(60_000);

  it("leaves nothing to finish where somebody has put the old files back", async () => {
    killedAt(9);
    assert.match(space.read(changed), /"2"/);
    write(changed, readFileSync(join(kept, changed), "utf8"));
    const { explanations } = await space.render();
    assert.deepEqual(explanations, []);
    assert.match(space.read(changed), /"2"/);
    assert.ok(!existsSync(join(space.out, "dev/api/v1_configmap_gone.yaml")));
  }).timeout(60_000);

  it("is told by a dry run, which writes nothing, and by the one that finishes it", async () => {
    killedAt(9);
    const before = readFileSync(join(space.out, "dev/.fluxgate/shop.json"), "utf8");
    assert.match((await space.problems({ dryRun: true }))[0] ?? "", /interrupted while it wrote/);
    assert.equal(space.read("dev/.fluxgate/shop.json"), before);
    const { explanations } = await space.render();
    assert.match(explanations[0] ?? "", /was interrupted before: what it had begun was finished/);
  }).timeout(60_000);

  it("is finished by a render of something else too", async () => {
    killedAt(10);
    space.put({ "x/a.yaml": configMap("a", "3"), "x/new.yaml": undefined });
    await space.render();
    assert.match(space.read(changed), /"3"/);
    assert.ok(!existsSync(join(space.out, "dev/api/v1_configmap_new.yaml")));
    assert.ok(!existsSync(join(space.out, "dev/api/v1_configmap_gone.yaml")));
  }).timeout(60_000);
});
