import assert from "node:assert/strict";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

describe("files in another encoding", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
    space.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: x }"),
      "x/a.yaml": configMap("a"),
    });
  });
  afterEach(() => space.remove());
  const bytes = (path: string, content: Buffer) =>
    writeFileSync(join(space.checkout, path), content);
  const head = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";
  const cafe = `${head}data:\n  b: "café"\n`;
  const where = "Failed to render app api, environment dev, step 1";

  it("are named with the line, never decoded into other characters", async () => {
    bytes("x/a.yaml", Buffer.from(cafe, "latin1"));
    assert.deepEqual(await space.problems(), [
      `x/a.yaml:5: ${where} (copy): this is no UTF-8 text: save the file as UTF-8`,
    ]);
    bytes("x/a.yaml", Buffer.from(`\ufeff${cafe}`, "utf16le"));
    assert.deepEqual(await space.problems(), [
      `x/a.yaml:1: ${where} (copy): this is UTF-16 text: save the file as UTF-8`,
    ]);
    bytes("fluxgate.yaml", Buffer.from("\ufeffapiVersion: x", "utf16le"));
    assert.match((await space.problems())[0] ?? "", /fluxgate.yaml:1: this is UTF-16 text/);
  });

  it("are found in what a tool makes of them", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - helm: { chart: c }"),
      "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
      "c/templates/.keep": "",
    });
    bytes("c/templates/a.yaml", Buffer.from(cafe, "latin1"));
    assert.match((await space.problems())[0] ?? "", /\(helm\): .*UTF-8/);
  });

  it("may have a byte order mark and CRLF line ends, which are not handed on", async () => {
    bytes("x/a.yaml", Buffer.from(`\ufeff${cafe.replaceAll("\n", "\r\n")}`));
    await space.render();
    assert.ok(space.read("dev/api/v1_configmap_a.yaml").startsWith("apiVersion: v1\nkind"));
    assert.match(space.read("dev/api/v1_configmap_a.yaml"), /b: café\n/);
  });

  it("that are no files at all are called what they are", async () => {
    symlinkSync("nowhere", join(space.checkout, "x/b.yaml"));
    assert.match((await space.problems())[0] ?? "", /x\/b.yaml is a link that leads nowhere/);
    space.put({
      "fluxgate.yaml": deliveryWith("      - helm: { chart: x }"),
      "x/a.yaml": configMap("a"),
    });
    assert.match((await space.problems())[0] ?? "", /x is no chart: it has no Chart.yaml/);
    space.put({ "fluxgate.yaml": `${deliveryWith("      - copy: { path: x }")}---\na: 1\n` });
    assert.match((await space.problems())[0] ?? "", /:10:1: another document begins here/);
  });
});
