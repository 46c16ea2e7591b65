import assert from "node:assert/strict";
import { madeKustomization } from "../../../../core/flux/roots/made-kustomization.ts";

const flux = "kustomize.toolkit.fluxcd.io/v1";
const placed = (name: string, path: string, more: { file?: string; apiVersion?: string } = {}) => ({
  object: {
    ...{ apiVersion: more.apiVersion ?? flux, kind: "Kustomization" },
    ...{ metadata: { name, namespace: "flux" }, spec: { path } },
  },
  file: more.file ?? "k.yaml",
});
const own = placed("shop", "./shop");
const pathOf = (built: readonly ReturnType<typeof placed>[]) =>
  (madeKustomization(own, built)?.["spec"] as { path?: string } | undefined)?.path;

describe("what a build makes of a Flux Kustomization of its files", () => {
  it("is another one where patches or variables changed its spec", () => {
    assert.equal(pathOf([placed("shop", "./other")]), "./other");
  });
  it("is none where it stays as its file says", () => {
    assert.equal(pathOf([placed("shop", "./shop")]), undefined);
  });
  it("is the one of its name among those of its file", () => {
    assert.equal(pathOf([placed("web", "./web"), placed("shop", "./other")]), "./other");
  });
  it("is the only one of its file, whatever name it was given", () => {
    assert.equal(pathOf([placed("prod-shop", "./other")]), "./other");
  });
  it("is not known where several could be it", () => {
    assert.equal(pathOf([placed("a-shop", "./a"), placed("b-shop", "./b")]), undefined);
    assert.equal(pathOf([placed("shop", "./a"), placed("shop", "./b")]), undefined);
  });
  it("is none of another file, of kustomize's own kind, or that was not built", () => {
    assert.equal(pathOf([placed("shop", "./other", { file: "x.yaml" })]), undefined);
    const kustomize = { apiVersion: "kustomize.config.k8s.io/v1beta1" };
    assert.equal(pathOf([placed("shop", "./other", kustomize)]), undefined);
    assert.equal(pathOf([]), undefined);
  });
});
