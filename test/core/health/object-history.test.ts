import assert from "node:assert/strict";
import { objectHistory } from "../../../core/health/object-history.ts";

const at = (minute: number) => `2026-11-23T12:0${minute}:00Z`;
const field = (manager: string, minute: number, subresource?: string) => ({
  ...{ manager, time: at(minute) },
  ...(subresource === undefined ? {} : { subresource }),
});
const condition = (lastTransitionTime?: string) => ({ type: "Ready", lastTransitionTime });

describe("objectHistory()", () => {
  it("is when kustomize-controller itself last changed it, not its status, nor others", () => {
    const managedFields = [
      ...[field("kustomize-controller", 1), field("kustomize-controller", 2)],
      ...[field("kustomize-controller", 4, "status"), field("kubectl", 5)],
    ];
    assert.equal(objectHistory({ metadata: { managedFields } }).appliedAt, Date.parse(at(2)));
  });

  it("is when the last condition changed, unless one does not say", () => {
    const of = (...conditions: readonly object[]) => objectHistory({ status: { conditions } });
    assert.equal(of(condition(at(3)), condition(at(1))).conditionsAt, Date.parse(at(3)));
    assert.equal(of(condition(at(3)), condition()).conditionsAt, undefined);
  });

  it("is nothing where nothing stands", () => {
    assert.deepEqual(objectHistory({}), {});
    assert.deepEqual(
      objectHistory({
        metadata: { managedFields: [{ manager: "kustomize-controller", time: "soon" }] },
      }),
      {},
    );
  });

  it("is what Flux was told to leave as it is", () => {
    const annotated = (annotations: object) =>
      objectHistory({ metadata: { annotations } }).leftAlone;
    const key = "kustomize.toolkit.fluxcd.io/ssa";
    assert.equal(annotated({ [key]: "IfNotPresent" }), `${key}: ifnotpresent`);
    assert.equal(annotated({ [key]: "Merge" }), undefined);
    const labels = { "kustomize.toolkit.fluxcd.io/reconcile": "Disabled" };
    assert.equal(
      objectHistory({ metadata: { labels } }).leftAlone,
      "kustomize.toolkit.fluxcd.io/reconcile: disabled",
    );
  });

  it("is what kubectl has written since, of what Flux takes back at its next apply", () => {
    const entry = (manager: string, fields: object, more: object = {}) => ({
      ...field(manager, 5),
      ...{ operation: "Update", fieldsV1: fields, ...more },
    });
    const replicas = { "f:spec": { "f:replicas": {} } };
    const of = (one: object, annotations: object = {}) =>
      objectHistory({ metadata: { annotations, managedFields: [one] } }).edited;
    assert.deepEqual(of(entry("kubectl-edit", replicas)), {
      ...{ by: "kubectl-edit", fields: ["spec.replicas"] },
    });
    assert.equal(of(entry("kubectl", replicas))?.by, "kubectl");
    for (const other of [
      ...[entry("kustomize-controller", replicas), entry("kube-controller-manager", replicas)],
      // An autoscaler's, a person's in a browser: nobody can tell them apart.
      ...[entry("keda", replicas), entry("Mozilla", replicas)],
      entry("kubectl", replicas, { subresource: "scale" }),
      entry("kubectl-annotate", { "f:metadata": { "f:annotations": { "f:note": {} } } }),
      entry("kubectl", {}),
    ]) {
      assert.equal(of(other), undefined, JSON.stringify(other));
    }
    const merged = { "kustomize.toolkit.fluxcd.io/ssa": "Merge" };
    assert.equal(of(entry("kubectl-edit", replicas), merged), undefined);
  });
});
