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
});
