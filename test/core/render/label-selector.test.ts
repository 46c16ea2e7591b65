import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureTools } from "../../../scripts/tools.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { parseManifests } from "../../../core/manifests/parse.ts";
import { isSelected, parseLabelSelector } from "../../../core/render/label-selector.ts";

const selectors = [
  "app=api",
  "app==api",
  "app!=api",
  "app",
  "!app",
  "! app",
  "app in (api, web)",
  "app notin (api,web)",
  "app in (api,)",
  "app=",
  "example.com/tier=back,app",
  "app = web , example.com/tier in (back, front)",
  "size>2",
  "size<2",
];
const labelSets: readonly Readonly<Record<string, string>>[] = [
  {},
  { app: "api" },
  { app: "web", "example.com/tier": "back" },
  { app: "", size: "1" },
  { size: "3", "example.com/tier": "front" },
  { size: "big" },
];

describe("a label selector", () => {
  it("selects what kustomize selects", async () => {
    const { kubectl } = await ensureTools();
    const folder = mkdtempSync(join(tmpdir(), "fluxgate-test-selector-"));
    const objects = labelSets.map((labels, index) => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: `n${index}`, labels },
    }));
    writeFileSync(join(folder, "all.yaml"), objects.map((each) => toYaml(each)).join("---\n"));
    const patches = selectors.map((labelSelector, index) => ({
      target: { labelSelector },
      patch: `- { op: add, path: /hit${index}, value: true }`,
    }));
    writeFileSync(join(folder, "kustomization.yaml"), toYaml({ resources: ["all.yaml"], patches }));
    const { stdout, stderr } = spawnSync(kubectl, ["kustomize", folder], { encoding: "utf8" });
    rmSync(folder, { recursive: true });
    const found = parseManifests(stdout, "all.yaml").documents;
    assert.equal(found.length, labelSets.length, stderr);
    for (const { object } of found) {
      const labels = labelSets[Number(object.metadata.name.slice(1))] ?? {};
      for (const [index, selector] of selectors.entries()) {
        const requirements = parseLabelSelector(selector) ?? [];
        const text = `${selector} of ${JSON.stringify(labels)}`;
        assert.equal(isSelected(requirements, labels), object[`hit${index}`] === true, text);
      }
    }
  });

  it("is refused where Kubernetes refuses it", () => {
    const wrong = ["", "=", "app=a b", "app in", "app in api", "a,,b", "app=*", "app~web", "-a=b"];
    assert.deepEqual(
      wrong.filter((text) => parseLabelSelector(text) !== undefined),
      [],
    );
    assert.equal(parseLabelSelector(`app=${"x".repeat(64)}`), undefined);
  });
});
