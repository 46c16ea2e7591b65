// Which later changes of a branch could make a comparison another one.
import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { pathsAt } from "../../../core/diff/tree/places.ts";
import { sidesOf, type Texts } from "./built-sides.ts";

const map = (name: string, value: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { a: "${value}" }\n`;
const lists = (...resources: readonly string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(", ")}]\n`;
const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: flux-system }\nspec: { path: ./apps/shop, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }\n`;

function placesOf(before: Texts, after: Texts): readonly string[] | undefined {
  const sides = sidesOf(before, after);
  return compareTrees(sides.before, sides.after).places;
}

describe("what a comparison hangs on", () => {
  it("is the environment whose folder changes, and no other", () => {
    const at = (value: string) => ({
      ...{ "dev/api/a.yaml": map("a", value), "dev/web/b.yaml": map("b", "1") },
      "prod/api/a.yaml": map("a", "1"),
    });
    const places = placesOf(at("1"), at("2")) ?? [];
    assert.deepEqual(places, ["dev"]);
    const moved = ["dev/new/c.yaml", "prod/api/a.yaml", "README.md", "development/x.yaml"];
    assert.deepEqual(pathsAt(places, moved), ["dev/new/c.yaml"]);
  });

  it("is also what a kustomization takes from elsewhere", () => {
    const at = (value: string) => ({
      "base/api/kustomization.yaml": lists("a.yaml"),
      "base/api/a.yaml": map("a", "1"),
      "dev/kustomization.yaml": lists("../base/api", "b.yaml"),
      "dev/b.yaml": map("b", value),
    });
    assert.deepEqual(placesOf(at("1"), at("2")), ["base/api", "dev"]);
  });

  it("is the file of the Flux Kustomization as well as the folder that it applies", () => {
    const at = (value: string, path: string) => ({
      "clusters/main/shop.yaml": flux.replace("./apps/shop", path),
      "apps/shop/a.yaml": map("a", value),
    });
    const places = placesOf(at("1", "./apps/shop"), at("2", "./apps")) ?? [];
    assert.deepEqual(pathsAt(places, ["clusters/main/shop.yaml", "apps/b.yaml", "x/c.yaml"]), [
      "clusters/main/shop.yaml",
      "apps/b.yaml",
    ]);
  });

  it("is the whole repository where files at its root are applied", () => {
    assert.deepEqual(placesOf({ "a.yaml": map("a", "1") }, { "a.yaml": map("a", "2") }), [""]);
    assert.deepEqual(pathsAt([""], ["x/y.yaml"]), ["x/y.yaml"]);
  });

  it("is any list of files that Flux shall leave out", () => {
    assert.deepEqual(pathsAt(["dev"], [".sourceignore", "prod/.sourceignore"]), [
      ".sourceignore",
      "prod/.sourceignore",
    ]);
  });
});
