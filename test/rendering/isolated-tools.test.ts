import assert from "node:assert/strict";
import { deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

describe("a render's tools", () => {
  let tools: Awaited<ReturnType<typeof toolsOnPath>>;
  let space: Workspace;
  before(async () => {
    tools = await toolsOnPath();
  });
  after(() => tools.restore());
  beforeEach(() => {
    space = workspace();
  });
  afterEach(() => space.remove());

  it("are isolated or not at all where that is required, and the report says which", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - helm: { chart: c }"),
      "c/Chart.yaml": "apiVersion: v2\nname: c\nversion: 1.0.0\n",
      "c/templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n",
    });
    const { isolation } = await space.render();
    assert.match(isolation ?? "", /^(Linux namespaces: no network|clean environment, time)/);
    const { isolation: off } = await space.render({ isolation: "off" });
    assert.match(off ?? "", /network and other files are reachable \(it is switched off\)/);
    if (isolation?.startsWith("clean")) {
      await assert.rejects(space.render({ isolation: "required" }), { code: "not-isolated" });
    } else await space.render({ isolation: "required" });
  });

  it("do not run, and are not isolated, when everything is copied", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - copy: { path: x }"),
      "x/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n",
    });
    assert.equal((await space.render()).isolation, undefined);
  });
});
