import assert from "node:assert/strict";
import { filesReached } from "../../../rendering/checks/files-reached.ts";

const texts = {
  ".sourceignore": "/docs\n",
  "apps/web/kustomization.yaml":
    "resources: [../base/]\npatches: [{ path: ../patches/web.yaml }]\ncomponents: [../../parts/x]\n",
  "apps/base/kustomization.yaml": "resources: [web.yaml, ../shared.yaml]\n",
  "apps/base/web.yaml": "",
  "apps/patches/web.yaml": "",
  "apps/patches/other.yaml": "",
  "apps/shared.yaml": "",
  "apps/webshop/a.yaml": "",
  "parts/x/kustomization.yaml": "resources: []\n",
  "parts/y/kustomization.yaml": "resources: []\n",
};
const files = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]),
);

describe("the files that a build is given", () => {
  const reached = (path: string, components: readonly string[] = []) =>
    Object.keys(
      filesReached(files)({
        path,
        kustomization: {
          apiVersion: "kustomize.toolkit.fluxcd.io/v1",
          kind: "Kustomization",
          metadata: { name: "a" },
          spec: { components },
        },
      }),
    ).sort();
  const ofWeb = Object.keys(texts)
    .filter((path) => !/other|webshop|parts\/y/.test(path))
    .sort();

  it("are those of its folder and of all that its kustomizations name, and what Flux leaves out", () => {
    assert.deepEqual(reached("apps/web"), ofWeb);
    assert.deepEqual(reached("."), Object.keys(texts).sort());
  });

  it("are also those of components that the Flux Kustomization adds", () => {
    assert.deepEqual(
      reached("apps/web", ["../../parts/y"]),
      [...ofWeb, "parts/y/kustomization.yaml"].sort(),
    );
  });
});
