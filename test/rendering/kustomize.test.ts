import assert from "node:assert/strict";
import { configMap, deliveryWith, toolsOnPath, workspace } from "./rendering-harness.ts";
import type { Workspace } from "./rendering-harness.ts";

describe("a kustomize step", () => {
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

  it("warns of what matches nothing, in words that are the same at any time", async () => {
    space.put({
      "fluxgate.yaml": deliveryWith("      - kustomize: { path: k }"),
      "k/kustomization.yaml": `resources: [pod.yaml]
images:
  - { name: r/app, newTag: "2" }
  - { name: r/old, newName: r/new }
  - { name: r/ap, newTag: "3" }
vars: [{ name: UNUSED, objref: { apiVersion: v1, kind: Pod, name: p } }]
`,
      "k/pod.yaml": `apiVersion: v1
kind: Pod
metadata: { name: p }
spec: { containers: [{ name: a, image: "r/app:1" }, { name: b, image: r/old }] }
`,
    });
    const { result } = await space.render();
    // kubectl puts the time and its process before its word on variables.
    assert.deepEqual(
      result.environments[0]?.warnings.filter((text) => /images of|vars that/.test(text)),
      [
        "kubectl: well-defined vars that were never replaced: UNUSED",
        "app api: images of k/kustomization.yaml name r/ap, which nothing uses",
      ],
    );
  });

  it("reads files beside its folder only when told to", async () => {
    const files = {
      "k/kustomization.yaml": "resources: [../plain/a.yaml]\n",
      "plain/a.yaml": configMap("a"),
    };
    space.put({ ...files, "fluxgate.yaml": deliveryWith("      - kustomize: { path: k }") });
    assert.match((await space.problems())[0] ?? "", /security; file .* is not in or below/);
    const step = "      - kustomize: { path: k, loadRestrictor: none }";
    space.put({ "fluxgate.yaml": deliveryWith(step) });
    const { result } = await space.render();
    assert.equal(result.environments[0]?.objects[0]?.identity.name, "a");
  });
});
