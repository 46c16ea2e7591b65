import assert from "node:assert/strict";
import { findFlux, holdersOf, nestedIn, sourcesOf } from "../../../core/flux/flux-index.ts";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";

const api = { Kustomization: "kustomize", HelmRelease: "helm", GitRepository: "source" } as const;
function made(kind: keyof typeof api, name: string, body: { spec?: object; ids?: string[] } = {}) {
  const entries = (body.ids ?? []).map((id) => ({ id, v: "v1" }));
  const object = parseFluxObject({
    ...{ apiVersion: `${api[kind]}.toolkit.fluxcd.io/v1`, kind, spec: body.spec ?? {} },
    ...{ metadata: { name, namespace: "flux" }, status: { inventory: { entries } } },
  });
  assert.ok(object);
  return object;
}
const ks = "kustomize.toolkit.fluxcd.io_Kustomization";
const hr = "helm.toolkit.fluxcd.io_HelmRelease";
const applier = (object: FluxObject) => {
  assert.ok(object.kind === "Kustomization" || object.kind === "HelmRelease");
  return object;
};
const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name).join();

describe("what is asked of a cluster's Flux objects", () => {
  it("is which one a reference names: the first of its kind, namespace and name", () => {
    const [one, twin, git] = [
      made("Kustomization", "a", { spec: { path: "first" } }),
      made("Kustomization", "a", { spec: { path: "second" } }),
      made("GitRepository", "a"),
    ];
    const all = [one, twin, git];
    const at = { kind: "Kustomization", namespace: "flux", name: "a" };
    assert.equal(findFlux(all, at), one);
    assert.equal(findFlux(all, { ...at, kind: "GitRepository" }), git);
    assert.equal(findFlux(all, { ...at, namespace: "other" }), undefined);
    assert.equal(findFlux([git], at), undefined);
  });

  it("is whose inventories hold an object, whatever its namespace", () => {
    const all = [
      made("Kustomization", "a", { ids: ["shop_api_apps_Deployment", "shop_api__Service"] }),
      made("HelmRelease", "b", { ids: ["other_api_apps_Deployment"] }),
      made("GitRepository", "c", { ids: ["shop_api_apps_Deployment"] }),
    ];
    const held = (kind: string, group: string, name = "api") =>
      holdersOf(all, { group, kind, name, version: "v1", namespace: "" }).map(
        ({ applier: { name: whose }, entry }) => `${whose} ${entry.namespace}`,
      );
    assert.deepEqual(held("Deployment", "apps"), ["a shop", "b other"]);
    assert.deepEqual(held("Service", ""), ["a shop"]);
    assert.deepEqual(held("Deployment", "acme.io"), []);
    assert.deepEqual(held("Deployment", "apps", "web"), []);
  });

  it("is which appliers one brings: Flux' own kinds, of its own cluster", () => {
    const ids = [
      `flux_x_${ks}`,
      `flux_y_${hr}`,
      "flux_z_acme.io_Kustomization",
      "flux_w__ConfigMap",
    ];
    assert.equal(names(nestedIn(applier(made("Kustomization", "a", { ids })))), "x,y");
    const elsewhere = { kubeConfig: { secretRef: { name: "k" } } };
    assert.equal(
      names(nestedIn(applier(made("Kustomization", "a", { ids, spec: elsewhere })))),
      "",
    );
  });

  it("is where one takes its files or its chart from", () => {
    const git = { kind: "GitRepository", name: "g" };
    const from = (kind: "Kustomization" | "HelmRelease", spec: object) =>
      names(sourcesOf(applier(made(kind, "a", { spec }))));
    assert.equal(from("Kustomization", { sourceRef: git }), "g");
    assert.equal(from("HelmRelease", { chart: { spec: { chart: "c", sourceRef: git } } }), "g");
    assert.equal(from("HelmRelease", { chartRef: { kind: "OCIRepository", name: "o" } }), "o");
    assert.equal(from("HelmRelease", {}), "");
  });
});
