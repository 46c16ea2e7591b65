import assert from "node:assert/strict";
import { compareTrees } from "../../../../core/diff/tree/compare-trees.ts";
import { diffText } from "../../../../core/report/diff-text.ts";

const side = (value: string, overlays: readonly string[]) => [
  { path: "base/kustomization.yaml", text: "resources: [set.yaml]\n" },
  {
    path: "base/set.yaml",
    text: `apiVersion: fluxcd.controlplane.io/v1\nkind: ResourceSet\nmetadata: { name: a, namespace: shop }\nspec: { resources: [{ a: "${value}" }] }\n`,
  },
  ...overlays.map((name) => ({
    path: `overlays/${name}/kustomization.yaml`,
    text: "resources: [../../base]\n",
  })),
];
const said = (overlays: readonly string[]) =>
  diffText(compareTrees(side("1", overlays), side("2", overlays))).filter((line) =>
    /^ {2}base\/set\.yaml: .*not known/.test(line),
  );

describe("what was not compared of several overlays alike", () => {
  it("is said of each by its name", () => {
    const places = said(["dev", "prod"]).map((line) => /\((.*)\)$/.exec(line)?.[1]);
    assert.deepEqual(places, ["in overlays/dev", "in overlays/prod"]);
  });

  it("needs no name where there is one", () => {
    assert.match(said(["dev"]).join("\n"), /not known here$/);
  });
});
