import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parsePreview, type Preview, previewComment } from "../../../core/report/preview.ts";
import { runCompare } from "../../../tasks/PreviewChanges/compare.ts";
import type { Inputs } from "../../../tasks/PreviewChanges/inputs.ts";
import { absentKube, type Kube } from "../../../kube/kube.ts";
import { useKube } from "../../support/kube.ts";
import { configMap } from "../../rendering/rendering-harness.ts";

describe("PreviewChanges compares the merge with its target", () => {
  const kube = useKube();
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "fluxgate-preview-"));
    mkdirSync(join(folder, "temp"));
    mkdirSync(join(folder, "code"));
    git("init", "--quiet");
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function git(...args: readonly string[]): void {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    execFileSync("git", [...identity, ...args], { cwd: join(folder, "code") });
  }
  function commit(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, "code", path)), { recursive: true });
      writeFileSync(join(folder, "code", path), text);
    }
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "x");
  }
  const delivery = (...environments: readonly string[]) =>
    `apiVersion: fluxgate.dev/v1\nkind: Delivery\nmetadata: { name: shop }\napps: [{ name: api, render: [{ copy: { path: deploy } }] }]\nenvironments: [${environments.map((name) => `{ name: ${name} }`).join(", ")}]\n`;
  async function compare(
    environments: readonly string[] = [],
    kube: Kube = absentKube("it is not here"),
  ): Promise<readonly Preview[]> {
    const outputFolder = join(folder, "out");
    const inputs: Inputs = {
      ...{ step: "compare", environments, sources: join(folder, "code"), comment: true },
      ...{ deliveryFile: "fluxgate.yaml", configurationFolder: undefined, toolsFolder: undefined },
      ...{ outputFolder, tempFolder: join(folder, "temp"), variable: () => undefined },
      pullRequest: undefined,
    };
    const log = { info: () => {}, warn: () => {}, debug: () => {} };
    await runCompare(inputs, { log, kube }).catch((error: unknown) => {
      if ((error as { code?: string }).code !== "render-failed") throw error;
    });
    assert.deepEqual(readdirSync(join(folder, "temp")), []);
    return readdirSync(outputFolder)
      .sort()
      .flatMap((name) => parsePreview(readFileSync(join(outputFolder, name), "utf8")) ?? []);
  }
  const told = (previews: readonly Preview[]) =>
    previews.map(({ environment, verdict, complete }) => [environment, verdict, complete]);

  it("object by object", async () => {
    commit({ "fluxgate.yaml": delivery("dev"), "deploy/a.yaml": configMap("a") });
    commit({ "deploy/a.yaml": configMap("a", "2"), "deploy/b.yaml": configMap("b") });
    assert.deepEqual(told(await compare()), [
      [
        ...[
          "dev",
          "1 object added, 1 changed; no known risk, but the API server's own code was not asked",
        ],
        true,
      ],
    ]);
  });

  it("and says what the API server would refuse, by its own code", async () => {
    const locked = `${configMap("a")}immutable: true\n`;
    commit({ "fluxgate.yaml": delivery("dev"), "deploy/a.yaml": locked });
    commit({ "deploy/a.yaml": locked.replace("immutable: true", "immutable: false") });
    const [dev] = await compare([], kube());
    assert.equal(dev?.verdict, "1 object changed; 1 high risk");
    assert.match(dev.markdown.join("\n"), /the API server would refuse this/);
  });

  it("and says that all is new where the target has no delivery", async () => {
    commit({ "README.md": "x" });
    commit({ "fluxgate.yaml": delivery("dev"), "deploy/a.yaml": configMap("a") });
    const [dev] = await compare();
    assert.equal(dev?.complete, true);
    assert.match(dev.markdown.join("\n"), /environment dev is new/);
  });

  it("and is not complete where the target does not render, which it names", async () => {
    commit({ "fluxgate.yaml": `${delivery("dev")}oops: 1\n`, "deploy/a.yaml": configMap("a") });
    commit({ "fluxgate.yaml": delivery("dev") });
    const [dev] = await compare();
    assert.equal(dev?.complete, false);
    assert.match(dev.verdict, /^NOT EVERYTHING WAS COMPARED/);
    assert.match(dev.markdown.join("\n"), /target branch does not render.*oops/);
  });

  it("and names an environment that leaves", async () => {
    commit({ "fluxgate.yaml": delivery("dev", "qa"), "deploy/a.yaml": configMap("a") });
    commit({ "fluxgate.yaml": delivery("dev") });
    const [, qa] = await compare();
    assert.match(qa?.markdown.join("\n") ?? "", /no longer has the environment qa/);
  });

  it("and tells of every environment that the merge does not render", async () => {
    commit({ "fluxgate.yaml": delivery("dev", "prod"), "deploy/a.yaml": configMap("a") });
    commit({ "deploy/a.yaml": "a: [" });
    const previews = await compare();
    assert.deepEqual(
      previews.map(({ environment, failed }) => [environment, failed]),
      [
        ["dev", true],
        ["prod", true],
      ],
    );
  });

  it("and keeps the comment within its bound, whatever the change, with no fence left open", async () => {
    commit({ "fluxgate.yaml": delivery("dev", "prod"), "deploy/a.yaml": configMap("a") });
    const many = Array.from({ length: 800 }, (_, at) =>
      configMap(`m-${at}`, "````\n@everyone <script>".repeat(20).replaceAll("\n", " ")),
    );
    commit({ "deploy/many.yaml": many.join("---\n") });
    const comment = previewComment(await compare(), { name: "1", url: "https://x" });
    assert.ok(comment.length <= 61_000, String(comment.length));
    assert.match(comment, /… and \d+ more: see the summary of the run/);
    const fences = comment.split("\n").filter((line) => line.startsWith("````")).length;
    assert.equal(fences % 2, 0);
  });

  it("and asks for the commit before where the checkout lacks it", async () => {
    commit({ "fluxgate.yaml": delivery("dev") });
    await assert.rejects(compare(), { code: "merge-base-missing", hint: /fetchDepth: 2/ });
  });
});
