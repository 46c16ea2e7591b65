import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { changeKey } from "../../../core/diff/seen-digest.ts";
import { diffJson } from "../../../core/report/diff-json.ts";
import { diffMarkdown, diffText } from "../../../core/report/diff-text.ts";

const flux = (path: string) =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps, namespace: flux-system }\nspec: { path: ${path}, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n`;
const claim = (name: string) =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: ${name}, namespace: shop }\n`;
const side = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([path, text]) => ({ path, text }));
const clusters = {
  "clusters/prod/apps.yaml": flux("./apps/prod"),
  "clusters/test/apps.yaml": flux("./apps/test"),
  "apps/prod/b.yaml": claim("b"),
  "apps/test/b.yaml": claim("b"),
};
const lists = "resources: [../../base]\n";
const folders = { "prod/west/kustomization.yaml": lists, "prod/east/kustomization.yaml": lists };

describe("what applies an object of which there are several of one name", () => {
  it("is its Flux Kustomization, by its file: each cluster has one of the same name", () => {
    const compared = compareTrees(
      side({ ...clusters, "apps/prod/a.yaml": claim("a"), "apps/test/a.yaml": claim("a") }),
      side(clusters),
    );
    const text = diffText(compared).join("\n");
    const where = "by Kustomization flux-system/apps in clusters/prod/apps.yaml";
    assert.match(text, new RegExp(`high: PersistentVolumeClaim shop/a .* \\(${where}\\)`));
    assert.ok(text.includes(`- PersistentVolumeClaim shop/a (apps/prod/a.yaml, ${where})`), text);
    assert.equal(new Set(compared.objects.map(changeKey)).size, 2);
  });

  it("is its folder, and said of no other object", () => {
    const base = { "base/kustomization.yaml": "resources: [a.yaml]\n", "base/a.yaml": claim("a") };
    const only = { "prod/west/b.yaml": claim("b") };
    const emptied = { ...base, "base/kustomization.yaml": "resources: []\n" };
    const before = {
      ...folders,
      "prod/west/kustomization.yaml": "resources: [../../base, b.yaml]\n",
    };
    const compared = compareTrees(
      side({ ...before, ...base, ...only }),
      side({ ...folders, ...emptied, ...only }),
    );
    const text = diffMarkdown(compared).join("\n");
    assert.match(text, /- `PersistentVolumeClaim shop\/a` \(in prod\/west\)/);
    assert.match(text, /- `PersistentVolumeClaim shop\/a` \(in prod\/east\)/);
    assert.doesNotMatch(text, /shop\/b.*\(in/);
    const { risks } = JSON.parse(diffJson(compared)) as {
      risks: readonly { readonly name: string; readonly root?: string }[];
    };
    const roots = risks.filter(({ name }) => name === "a").map(({ root }) => root);
    assert.deepEqual(roots.sort(), ["prod/east", "prod/west"]);
  });
});
