import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { createPackage, packageProblems } from "../../scripts/package/create-package.ts";
import { readManifest } from "../../scripts/package/extension-manifest.ts";
import { stageExtension } from "../../scripts/package/stage-extension.ts";

type Manifest = {
  readonly scopes: readonly string[];
  readonly contributions: readonly {
    readonly id: string;
    readonly targets: readonly string[];
    readonly properties: { readonly name: string; readonly uri?: string };
  }[];
};

describe("the packaged extension", function () {
  this.timeout(120_000);
  const scratch = mkdtempSync(join(tmpdir(), "fluxgate-package-"));
  let files: Readonly<Record<string, Uint8Array>>;
  let manifest: Manifest;
  const text = (path: string) => Buffer.from(files[path] ?? []).toString();

  before(async () => {
    await ensureBuilt(["hub", "tasks"]);
    assert.deepEqual(packageProblems(), []);
    const file = join(scratch, "fluxgate.vsix");
    const own = readManifest();
    createPackage(stageExtension(own, { publisher: own.publisher, name: own.id }).folder, file);
    files = unzipSync(readFileSync(file));
    manifest = JSON.parse(text("extension.vsomanifest")) as Manifest;
  });
  after(() => rmSync(scratch, { recursive: true }));

  it("has every page that it contributes, with what the page loads", () => {
    for (const { properties } of manifest.contributions) {
      if (properties.uri === undefined) continue;
      const page = text(properties.uri);
      const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
      assert.equal(loaded.length, 2, properties.uri);
      for (const name of loaded) assert.ok(files[`hub/${name}`], `${properties.uri} loads ${name}`);
    }
  });

  it("has every task with its code, its texts and its icon", () => {
    const tasks = manifest.contributions.filter(({ targets }) =>
      targets.includes("ms.vss-distributed-task.tasks"),
    );
    assert.deepEqual(tasks.map(({ properties }) => properties.name).sort(), [
      "tasks/CheckFluxHealth",
      "tasks/CollectImageTags",
      "tasks/ConfirmImages",
      "tasks/FindLastRun",
      "tasks/OpenManifestsPR",
      "tasks/PackDelivery",
      "tasks/PreviewChanges",
      "tasks/RenderManifests",
      "tasks/RollbackManifests",
      "tasks/TakeDelivery",
      "tasks/ValidateManifests",
      "tasks/WaitForFlux",
    ]);
    for (const { properties } of tasks) {
      const task = JSON.parse(text(`${properties.name}/task.json`)) as { execution: object };
      assert.ok(files[`${properties.name}/icon.png`]);
      const onAgent = "Node24" in task.execution;
      for (const name of ["index.js", "lib.json"]) {
        assert.equal(files[`${properties.name}/${name}`] !== undefined, onAgent, name);
      }
    }
  });

  it("asks for no more than its pages need", () => {
    assert.deepEqual(manifest.scopes, [
      ...["vso.build", "vso.code_write", "vso.extension.data", "vso.pipelineresources_manage"],
      ...["vso.pipelineresources_use", "vso.serviceendpoint_manage"],
    ]);
  });

  it("has its overview with the picture, and an icon", () => {
    const pictures = [...text("MARKETPLACE.md").matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)];
    assert.equal(pictures.length, 3);
    for (const [, path = ""] of pictures) assert.ok(files[path], path);
    assert.match(text("extension.vsixmanifest"), /Icons\.Default" .*Path="images\/icon\.png"/);
  });

  it("carries its own licence, and those of what each bundle holds", () => {
    assert.match(text("LICENSE"), /Apache License/);
    assert.match(text("hub/third-party-licences.txt"), /^react\nMIT$/m);
    assert.match(text("tasks/RenderManifests/index.licences.txt"), /^yaml\nISC$/m);
  });

  it("holds nothing else", () => {
    const odd = Object.keys(files).filter(
      (path) =>
        !/^(hub|images|docs\/images|tasks|docs)\/|^(MARKETPLACE\.md|LICENSE|extension\.vs\w+manifest|\[Content_Types\]\.xml|docs)/.test(
          path,
        ),
    );
    assert.deepEqual(odd, []);
    assert.deepEqual(
      Object.keys(files).filter((path) => /\.(ts|tsx|map)$/.test(path)),
      [],
    );
  });
});
