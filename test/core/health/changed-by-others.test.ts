import assert from "node:assert/strict";
import { changedByOthers } from "../../../core/health/changed-by-others.ts";

const spec = (fields: object) => ({ fieldsV1: { "f:spec": fields } });
const replicas = spec({ "f:replicas": {} });
const object = (...managedFields: readonly unknown[]) => ({ metadata: { managedFields } });
const fieldsOf = (fieldsV1: unknown) =>
  changedByOthers(object({ manager: "kubectl", fieldsV1 })).flatMap(({ fields }) => fields);

describe("who else writes fields of an object that Flux applied", () => {
  it("names manager, time and fields", () => {
    const entry = { manager: "kubectl-edit", time: "2026-11-23T12:00:00Z", ...replicas };
    assert.deepEqual(changedByOthers(object(entry)), [
      { manager: "kubectl-edit", at: "2026-11-23T12:00:00Z", fields: ["spec.replicas"] },
    ]);
    assert.deepEqual(changedByOthers(object(replicas)), [
      { manager: "unknown", fields: ["spec.replicas"] },
    ]);
    assert.deepEqual(changedByOthers({}), []);
  });

  it("is nobody where Flux or the cluster's own controllers wrote it", () => {
    const own = ["kustomize-controller", "helm-controller", "flux", "flux-client-side-apply"];
    const cluster = ["kube-controller-manager", "kube-scheduler", "kubelet", "helm"];
    const entries = [...own, ...cluster].map((manager) => ({ manager, ...replicas }));
    assert.deepEqual(changedByOthers(object(...entries)), []);
  });

  it("is somebody whose name only holds one of those", () => {
    const names = ["my-flux", "fluxcd", "helm-diff", "a-kubelet", "kubelet-2", "flux2"];
    const entries = names.map((manager) => ({ manager, ...replicas }));
    const found = names.flatMap((_, index) => changedByOthers(object(entries[index])));
    assert.deepEqual(
      found.map(({ manager }) => manager),
      names,
    );
  });

  it("leaves out who writes the status alone, or nothing that is told", () => {
    const status = { manager: "op", subresource: "status", ...replicas };
    const scale = { manager: "keda", subresource: "scale", ...replicas };
    const nothing = { manager: "kubectl", fieldsV1: { "f:metadata": { "f:finalizers": {} } } };
    const found = changedByOthers(object(status, nothing, { manager: "x" }, scale));
    assert.deepEqual(
      found.map(({ manager }) => manager),
      ["keda"],
    );
  });

  it("tells labels and annotations, lists by their keys and values, each leaf once", () => {
    const found = fieldsOf({
      "f:spec": {
        "f:template": { "f:containers": { 'k:{"name":"api"}': { ".": {}, "f:image": {} } } },
      },
      "f:metadata": {
        "f:labels": { ".": {}, "f:team": {} },
        "f:annotations": { "f:note": {} },
      },
    });
    assert.deepEqual(found, [
      "spec.template.containers[api].image",
      "metadata.labels.team",
      "metadata.annotations.note",
    ]);
    assert.deepEqual(
      fieldsOf({ "f:spec": { "f:ports": { 'k:{"port":80,"protocol":"TCP"}': {} } } }),
      ["spec.ports[80]"],
    );
    assert.deepEqual(fieldsOf({ "f:spec": { "f:finalizers": { 'v:"x"': {} } } }), [
      'spec.finalizers["x"]',
    ]);
    assert.deepEqual(fieldsOf({ "f:spec": { ".": {} } }), ["spec"]);
    assert.deepEqual(fieldsOf({ "f:spec": { "f:a": "no map", "f:b": null } }), [
      "spec.a",
      "spec.b",
    ]);
  });

  it("tells the newest five of them, and five fields of each", () => {
    const entries = [3, 1, 6, 2, 5, 4].map((day) => ({
      ...{ manager: `m${day}`, time: `2026-11-0${day}T00:00:00Z` },
      ...spec(Object.fromEntries([1, 2, 3, 4, 5, 6].map((each) => [`f:a${each}`, {}]))),
    }));
    const found = changedByOthers(object({ manager: "timeless", ...replicas }, ...entries));
    assert.deepEqual(
      found.map(({ manager }) => manager),
      ["m6", "m5", "m4", "m3", "m2"],
    );
    assert.deepEqual(found[0]?.fields, ["spec.a1", "spec.a2", "spec.a3", "spec.a4", "spec.a5"]);
  });

  it("stops at a depth that no schema has", () => {
    const deep = (depth: number): object => (depth === 0 ? {} : { "f:a": deep(depth - 1) });
    assert.deepEqual(fieldsOf({ "f:spec": deep(20) }), [`spec${".a".repeat(20)}`]);
    assert.deepEqual(fieldsOf({ "f:spec": deep(500) }), [`spec${".a".repeat(20)}`]);
  });
});
