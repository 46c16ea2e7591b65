import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { createPackage, packageProblems } from "../../scripts/package/create-package.ts";
import { type ExtensionManifest, readManifest } from "../../scripts/package/extension-manifest.ts";
import { stageExtension } from "../../scripts/package/stage-extension.ts";

describe("a copy of the extension under another publisher", function () {
  this.timeout(120_000);
  const scratch = mkdtempSync(join(tmpdir(), "fluxgate-copy-"));
  const copy = { publisher: "contoso", name: "gitops" };
  let files: Readonly<Record<string, Uint8Array>>;
  let taskIds: Readonly<Record<string, string>>;
  const json = <T>(path: string) => JSON.parse(Buffer.from(files[path] ?? []).toString()) as T;
  const ownTask = (name: string) =>
    JSON.parse(readFileSync(`tasks/${name}/task.json`, "utf8")) as { readonly id: string };

  before(async () => {
    await ensureBuilt(["hub", "tasks"]);
    const staged = stageExtension(readManifest(), copy);
    taskIds = staged.taskIds;
    const file = join(scratch, "copy.vsix");
    createPackage(staged.folder, file);
    files = unzipSync(readFileSync(file));
  });
  after(() => rmSync(scratch, { recursive: true }));

  it("carries its publisher and id in the package's own manifest", () => {
    const manifest = Buffer.from(files["extension.vsixmanifest"] ?? []).toString();
    assert.match(manifest, /<Identity [^>]*Id="gitops"/);
    assert.match(manifest, /<Identity [^>]*Publisher="contoso"/);
  });

  it("has task ids of its own, the same in each build, so that both can be installed", () => {
    const again = stageExtension(readManifest(), copy).taskIds;
    assert.deepEqual(again, taskIds);
    for (const [name, id] of Object.entries(taskIds)) {
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.notEqual(id, ownTask(name).id);
      assert.equal(json<{ readonly id: string }>(`tasks/${name}/task.json`).id, id);
    }
    assert.equal(new Set(Object.values(taskIds)).size, Object.keys(taskIds).length);
  });

  it("tells each task on the agent whose hub it links to", () => {
    assert.deepEqual(json("tasks/OpenManifestsPR/extension.json"), copy);
  });

  it("leaves what the own package is made from as it is", () => {
    const built = readFileSync("dist/tasks/WaitForFlux/task.json", "utf8");
    assert.equal((JSON.parse(built) as { readonly id: string }).id, ownTask("WaitForFlux").id);
  });

  it("is refused while a contribution opens a page that is not in the package", () => {
    const manifest = readManifest();
    const stray: ExtensionManifest["contributions"][number] = {
      id: "settings",
      type: "ms.vss-web.hub",
      properties: { name: "Settings", uri: "hub/nowhere.html" },
    };
    const problems = packageProblems({
      ...manifest,
      contributions: [...manifest.contributions, stray],
    });
    assert.deepEqual(problems, [
      "the contribution settings opens hub/nowhere.html, which the package does not hold",
    ]);
  });
});
