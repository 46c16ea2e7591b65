import assert from "node:assert/strict";
import { parseFluxObject } from "../../../core/flux/parse-flux-object.ts";

const metadata = { name: "shop-dev", namespace: "flux-system", generation: 3 };

function kustomization(spec: object, status: object = {}, more: object = {}) {
  const object = parseFluxObject({
    ...{ apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
    ...{ metadata: { ...metadata, ...more }, spec, status },
  });
  assert.ok(object?.kind === "Kustomization");
  return object;
}

describe("parseFluxObject()", () => {
  it("reads a Kustomization", () => {
    const object = kustomization(
      {
        ...{ interval: "10m0s", path: "./dev/", wait: true, targetNamespace: "shop" },
        sourceRef: { kind: "GitRepository", name: "manifests" },
        dependsOn: [{ name: "base" }],
        healthChecks: [{ apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "a" }],
        postBuild: { substituteFrom: [{ kind: "ConfigMap", name: "vars" }] },
      },
      { observedGeneration: 2, lastAppliedRevision: "main@sha1:1", lastAttemptedRevision: "r" },
    );
    assert.equal(object.path, "dev");
    assert.equal(object.interval, 600_000);
    assert.deepEqual([object.generation, object.observedGeneration], [3, 2]);
    const inNamespace = { namespace: "flux-system" };
    assert.deepEqual(object.source, { kind: "GitRepository", name: "manifests", ...inNamespace });
    assert.deepEqual(object.dependsOn, [{ kind: "Kustomization", name: "base", ...inNamespace }]);
    assert.deepEqual(object.substituteFrom, [{ kind: "ConfigMap", name: "vars", ...inNamespace }]);
    assert.deepEqual(object.healthChecks, [
      { group: "apps", version: "v1", kind: "Deployment", namespace: "shop", name: "a" },
    ]);
    assert.equal(object.targetNamespace, "shop");
  });

  it("reads an inventory's ids in all their shapes", () => {
    const ids = [
      "apps_podinfo_apps_Deployment",
      "_apps__Namespace",
      "_system__reader_rbac.authorization.k8s.io_ClusterRole",
      "shop_web__Service",
      "not an id",
    ];
    const entries = ids.map((id) => ({ id, v: "v1" }));
    const { inventory } = kustomization({}, { inventory: { entries } });
    assert.deepEqual(
      inventory.map(({ namespace, name, group, kind }) => [namespace, name, group, kind]),
      [
        ["apps", "podinfo", "apps", "Deployment"],
        ["", "apps", "", "Namespace"],
        ["", "system:reader", "rbac.authorization.k8s.io", "ClusterRole"],
        ["shop", "web", "", "Service"],
      ],
    );
  });

  for (const [path, read] of [
    [undefined, ""],
    ["", ""],
    ["./", ""],
    ["/", ""],
    ["./clusters//dev/.", "clusters/dev"],
  ] as const) {
    it(`reads path ${JSON.stringify(path)} as "${read}"`, () => {
      assert.equal(kustomization({ path }).path, read);
    });
  }

  it("says who suspended an object last", () => {
    const wrote = (manager: string, time: string) => ({
      ...{ manager, time },
      fieldsV1: { "f:spec": { "f:suspend": {} } },
    });
    const more = {
      managedFields: [
        wrote("kubectl", "2026-11-22T08:00:00Z"),
        wrote("flux", "2026-11-23T08:00:00Z"),
        { manager: "other", time: "2026-11-24T08:00:00Z", fieldsV1: { "f:spec": {} } },
      ],
    };
    const { suspendedBy } = kustomization({ suspend: true }, {}, more);
    assert.deepEqual(suspendedBy, { manager: "flux", at: "2026-11-23T08:00:00Z" });
    assert.equal(kustomization({}, {}, more).suspendedBy, undefined);
    assert.equal(kustomization({ suspend: true }).suspendedBy, undefined);
  });

  it("reads a HelmRelease's chart, its own or by reference", () => {
    const read = (spec: object) => {
      const object = parseFluxObject({
        ...{ apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease", metadata, spec },
      });
      assert.ok(object?.kind === "HelmRelease");
      return object;
    };
    const sourceRef = { kind: "GitRepository", name: "manifests" };
    assert.deepEqual(read({ chart: { spec: { chart: "./charts/api", sourceRef } } }).chart, {
      chart: "charts/api",
      source: { ...sourceRef, namespace: "flux-system" },
      valuesFiles: [],
    });
    const chartRef = { kind: "HelmChart", name: "api", namespace: "charts" };
    assert.deepEqual(read({ chartRef }).chartRef, chartRef);
    assert.equal(read({}).chart, undefined);
  });

  it("knows no other kinds, nor a kind of Flux in another group", () => {
    assert.equal(parseFluxObject({ kind: "Kustomization", metadata }), undefined);
    const own = { apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", metadata };
    assert.equal(parseFluxObject(own), undefined);
    assert.equal(
      parseFluxObject({ apiVersion: "apps/v1", kind: "Deployment", metadata }),
      undefined,
    );
  });

  it("does not throw for oddly typed fields", () => {
    const object = kustomization(
      { path: 7, interval: "soon", dependsOn: "x", wait: "true", healthChecks: [null, 1] },
      { conditions: [{ status: "True" }, { type: "Ready", status: "maybe" }], inventory: [] },
    );
    assert.deepEqual(
      [object.path, object.interval, object.dependsOn, object.wait, object.healthChecks],
      ["", undefined, [], false, []],
    );
    assert.deepEqual(object.conditions, [
      { type: "Ready", status: "Unknown", reason: "", message: "" },
    ]);
    for (const json of [undefined, null, 1, "x", [], { metadata: { name: 1 } }]) {
      assert.equal(parseFluxObject(json), undefined);
    }
  });
});
