import assert from "node:assert/strict";
import { join } from "node:path";
import { rootAbove } from "../../../rendering/checks/root-above.ts";

const applies = (missing: string | undefined, name = "apps") => ({
  object: {
    apiVersion: "kustomize.toolkit.fluxcd.io/v1",
    kind: "Kustomization",
    metadata: { name, namespace: "flux-system" },
  },
  file: `clusters/${name}.yaml`,
  path: undefined,
  ...(missing === undefined ? {} : { missing }),
});

describe("a folder whose Flux Kustomizations count their paths from above it", () => {
  const root = { path: join("/work", "repository", "kubernetes", "main"), name: "the folder" };
  const paths = ["apps/web/a.yaml", "clusters/apps.yaml"];
  const said = (...missing: readonly (string | undefined)[]) =>
    rootAbove(
      root,
      missing.map((one) => applies(one)),
      paths,
    ).warnings.map(({ message }) => message);

  it("is told, once for all of them", () => {
    assert.deepEqual(said("main/apps", "kubernetes/main/apps/web"), [
      "Kustomization flux-system/apps applies main/apps, a path from a folder above this one, and 1 more of its kind like it, so what Flux makes of it was not checked: give the root of the repository",
    ]);
    assert.equal(said("kubernetes/main").length, 1);
  });

  it("is not where what they miss does not lie here either", () => {
    assert.deepEqual(said(undefined, "main/infra", "other/apps", "apps/gone", "kubernetes"), []);
  });
});
