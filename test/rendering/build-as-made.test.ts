import assert from "node:assert/strict";
import { buildAsMade } from "../../rendering/build-as-made.ts";
import { fluxPath } from "../../core/flux/roots/file-kustomizations.ts";
import type { KubernetesObject } from "../../core/manifests/identity.ts";

type Root = {
  readonly path: string;
  readonly file: string;
  readonly kustomization: KubernetesObject;
};

const flux = (name: string, spec: Readonly<Record<string, unknown>>): KubernetesObject => ({
  apiVersion: "kustomize.toolkit.fluxcd.io/v1",
  kind: "Kustomization",
  metadata: { name },
  spec,
});
const root = (file: string, path: string): Root => ({
  ...{ file, path },
  kustomization: flux(file, { path }),
});

/** Builds by a table: what the path of each root brings, patched as its Kustomization says. */
async function built(
  written: readonly Root[],
  brings: (root: Root) => readonly { readonly file: string; readonly object: KubernetesObject }[],
) {
  const asked: Root[] = [];
  const { roots } = await buildAsMade(written, {
    build: async (all: readonly Root[]) => {
      for (const one of all) if (!asked.includes(one)) asked.push(one);
      return await Promise.resolve(all.flatMap((one) => brings(one)));
    },
    objectsOf: (objects) => objects,
    place: (one, kustomization) => ({ ...one, kustomization, path: fluxPath(kustomization) }),
  });
  return {
    asked: asked.map(({ file }) => file),
    specs: roots.map(({ kustomization }) => kustomization["spec"]),
  };
}

describe("roots that other roots bring", () => {
  const parent = root("clusters/dev/apps.yaml", "apps");
  const child = root("apps/web/flux.yaml", "web");
  const grandchild = root("web/more/flux.yaml", "more");
  const patched = ({ file, kustomization }: Root, wait: boolean) => ({
    file,
    object: flux(kustomization.metadata.name, { ...(kustomization["spec"] as object), wait }),
  });

  it("are built once each, as those make them that hold their files", async () => {
    const { asked, specs } = await built([grandchild, child, parent], (one) => {
      if (one.file === parent.file) return [patched(child, true)];
      const isPatched = JSON.stringify(one.kustomization).includes('"wait":true');
      return one.file === child.file ? [patched(grandchild, isPatched)] : [];
    });
    assert.deepEqual(asked, [parent.file, child.file, grandchild.file]);
    assert.deepEqual(specs, [
      { path: "more", wait: true },
      { path: "web", wait: true },
      { path: "apps" },
    ]);
  });

  it("are built once more where only a build tells that one brings them", async () => {
    const far = root("elsewhere/flux.yaml", "far");
    const { asked, specs } = await built([far, parent], (one) =>
      one.file === parent.file ? [patched(far, true)] : [],
    );
    assert.deepEqual(asked, [far.file, parent.file, far.file]);
    assert.deepEqual(specs[0], { path: "far", wait: true });
  });

  it("stay as they are written where two builds bring one file differently", async () => {
    const outer = root("clusters/all.yaml", "apps");
    const inner = root("apps/inner.yaml", "apps/web");
    const { specs } = await built([child, inner, outer], (one) => {
      if (one.file === outer.file) return [patched(child, true), patched(inner, false)];
      return one.file === inner.file ? [patched(child, false)] : [];
    });
    assert.deepEqual(specs[0], { path: "web" });
  });

  it("are built though each of two holds the file of the other", async () => {
    const [one, other] = [root("a/flux.yaml", "b"), root("b/flux.yaml", "a")];
    const { asked } = await built([one, other, root("a/leaf.yaml", "leaf")], () => []);
    assert.deepEqual(asked, ["a/flux.yaml", "b/flux.yaml", "a/leaf.yaml"]);
  });
});
