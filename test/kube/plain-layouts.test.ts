import assert from "node:assert/strict";
import { compareTrees } from "../../core/diff/tree/compare-trees.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";
import { sidesOf } from "../core/diff/built-sides.ts";
import { useKube } from "../support/kube.ts";
import { plainLayouts } from "./plain-layouts.ts";

describe("what files alone tell of a layout", function () {
  this.timeout(120_000);
  const kube = useKube();

  for (const [what, files] of Object.entries(plainLayouts)) {
    it(`is what Flux builds, or is called incomplete where it builds nothing: ${what}`, async () => {
      const built = await kube().build({ files, kustomization: { spec: { path: "./d" } } });
      const { objects, complete, unbuilt } = compareTrees([], sidesOf({}, files).after);
      if (built.kind !== "built") return assert.equal(complete, false, JSON.stringify(built));
      if (unbuilt.length > 0) return assert.equal(complete, false, "it asks for a build");
      assert.equal(complete, true);
      assert.deepEqual(
        objects.flatMap(({ after }) => (after ? [nameOf(after)] : [])).sort(),
        built.objects.map(({ object }) => nameOf(object)).sort(),
      );
    });
  }
});

function nameOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${apiVersion} ${kind} ${String(metadata.namespace ?? "")}/${metadata.name}`;
}
