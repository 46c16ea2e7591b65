import assert from "node:assert/strict";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import { commitsToCompare, objectsToObserve } from "../../../core/gate/observe.ts";
import { identityKey } from "../../../core/manifests/identity.ts";
import { api, helmChart, helmRelease, input, kustomization } from "./gate-world.ts";
import { newer, older, running, source, x } from "./gate-world.ts";

describe("what has to be read before a verdict", () => {
  const keys = (given: GateInput) =>
    given.clusters.flatMap((cluster) => objectsToObserve(given, cluster, x)).map(identityKey);

  it("is the health of the changed objects that are there, each once", () => {
    const [file] = input().changed ?? [];
    assert.ok(file);
    assert.deepEqual(keys(input({ changed: [file, { ...file, path: "dev/again.yaml" }] })), [
      "Deployment.apps/shop/api",
    ]);
  });

  it("is none of what is not there, was removed, or has no health of its own", () => {
    const settings = { ...api, group: "", kind: "ConfigMap", name: "settings" };
    const release = { ...api, group: "helm.toolkit.fluxcd.io", kind: "HelmRelease" };
    const inventory = [
      ...["shop_settings__ConfigMap", "shop_api_helm.toolkit.fluxcd.io_HelmRelease"],
      "shop_old_apps_Deployment",
    ];
    const changed = [
      { path: "dev/a.yaml", removed: false, identities: [api, settings, release] },
      { path: "dev/old.yaml", removed: true, identities: [{ ...api, name: "old" }] },
    ];
    const clusters = [running([kustomization({ inventory }), helmRelease({})])];
    assert.deepEqual(keys(input({ changed, clusters })), []);
  });

  it("is what X changed although Flux vouches for it, and of all that runs only what Flux cannot tell", () => {
    const inventory = ["shop_api_apps_Deployment", "shop_db_apps_StatefulSet"];
    const clusters = [running([kustomization({ spec: { wait: true }, inventory })])];
    assert.deepEqual(keys(input({ clusters })), ["Deployment.apps/shop/api"]);
    assert.deepEqual(keys(input({ clusters, everything: true, changed: [] })), [
      "StatefulSet.apps/shop/db",
    ]);
  });

  it("is not what a release brought and vouches for: no annotation keeps Helm from it", () => {
    const entries = [{ id: "shop_api_apps_Deployment", v: "v1" }];
    const held = (spec: object) =>
      running([
        kustomization({ inventory: ["shop_api_helm.toolkit.fluxcd.io_HelmRelease"] }),
        helmRelease({ spec: { ...spec }, status: { inventory: { entries } } }),
      ]);
    assert.deepEqual(keys(input({ clusters: [held({})] })), []);
    const unasked = held({ install: { disableWait: true }, upgrade: { disableWait: true } });
    assert.deepEqual(keys(input({ clusters: [unasked] })), ["Deployment.apps/shop/api"]);
  });

  it("is nothing of what X has yet to replace", () => {
    const clusters = [running([kustomization({ applied: older, attempted: older })])];
    assert.deepEqual(keys(input({ clusters })), []);
  });

  it("is read where it lives, and by the expressions that its Kustomization gives for its kind", () => {
    const expression = { apiVersion: "apps/v1", kind: "Deployment", current: "true" };
    const wanted = (spec: Readonly<Record<string, unknown>>) => {
      const given = input({ clusters: [running([kustomization({ spec })])] });
      const [one] = given.clusters.flatMap((each) => objectsToObserve(given, each, x));
      const { key, kubeConfig, expression: by } = one ?? { key: "nothing" };
      return { key, kubeConfig, by };
    };
    const here = "Deployment.apps/shop/api";
    assert.deepEqual(wanted({}), { key: here, kubeConfig: undefined, by: undefined });
    const west = { kubeConfig: { secretRef: { name: "west" } } };
    assert.deepEqual(wanted(west), {
      ...{ key: `flux-system/west|${here}`, by: undefined },
      kubeConfig: { namespace: "flux-system", name: "west" },
    });
    const exprs = (one: object) => wanted({ healthCheckExprs: [one] }).by;
    assert.deepEqual(exprs(expression), { group: "apps", kind: "Deployment", current: "true" });
    assert.equal(exprs({ ...expression, kind: "StatefulSet" }), undefined);
    assert.equal(exprs({ ...expression, apiVersion: "acme.io/v1" }), undefined);
  });

  it("is asked of a kind without health of its own where an expression tells it", () => {
    const settings = { ...api, group: "", kind: "ConfigMap", name: "settings" };
    const given = (one: object) => {
      const held = { inventory: ["shop_settings__ConfigMap"], spec: { healthCheckExprs: [one] } };
      return keys(
        input({
          changed: [{ path: "dev/s.yaml", removed: false, identities: [settings] }],
          clusters: [running([kustomization(held)])],
        }),
      );
    };
    const of = { apiVersion: "v1", kind: "ConfigMap", current: "has(data.ready)" };
    assert.deepEqual(given(of), ["ConfigMap/shop/settings"]);
    assert.deepEqual(given({ ...of, kind: "Secret" }), []);
    assert.deepEqual(given({ ...of, apiVersion: "acme.io/v1" }), []);
  });

  it("is the commits that artefacts were made from, and none of what writes to git", () => {
    const found = source();
    assert.ok(found.kind === "GitRepository");
    const [originSource, originRevision] = [found.url, `main@sha1:${newer}`];
    const artefact = { ...found, kind: "OCIRepository", name: "o", originSource, originRevision };
    const external = { ...artefact, kind: "ExternalArtifact", name: "e" };
    const others = ["HelmRepository", "ImageRepository", "ImagePolicy", "ImageUpdateAutomation"];
    const silent = others.map((kind) => ({ ...artefact, kind }));
    const commits = (...flux: readonly object[]) =>
      commitsToCompare(flux as readonly FluxObject[], input());
    assert.deepEqual(commits(artefact), [newer]);
    assert.deepEqual(commits(external), [newer]);
    assert.deepEqual(commits(...silent), []);
  });

  it("is the commits that Flux' objects name", () => {
    const flux = [
      source({ has: newer }),
      kustomization({ applied: older, attempted: x }),
      helmChart({ from: newer }),
      helmRelease({}),
    ];
    assert.deepEqual(commitsToCompare(flux, input()), [newer, older, x]);
  });

  it("is no commit of what builds from another repository", () => {
    const foreign = { ...source({ has: newer }), url: "https://dev.azure.com/other/a/_git/b" };
    const flux = [foreign, kustomization({ applied: older, attempted: x })];
    assert.deepEqual(commitsToCompare(flux, input()), []);
    assert.deepEqual(commitsToCompare(flux.slice(1), input()), []);
  });
});
