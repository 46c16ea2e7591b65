import assert from "node:assert/strict";
import { attemptTimes } from "../../../core/flux/attempt-times.ts";

describe("when a Kustomization was tried, and its spec changed", () => {
  const at = (time: string) => Date.parse(`2026-11-30T${time}Z`);
  const field = (manager: string, time: string, fieldsV1: object) => ({
    ...{ manager, operation: "Apply", time: `2026-11-30T${time}Z`, fieldsV1 },
  });

  it("is told by its history and its field managers, the latest of each", () => {
    const found = attemptTimes({
      metadata: {
        managedFields: [
          field("kustomize-controller", "10:00:00", { "f:spec": { "f:path": {} } }),
          field("kubectl", "10:01:00", { "f:spec": { "f:suspend": {} } }),
          field("fluxgate", "10:07:00", { "f:metadata": { "f:annotations": {} } }),
          field("gotk-kustomize-controller", "10:09:00", { "f:status": {} }),
        ],
      },
      status: {
        history: [
          { lastReconciled: "2026-11-30T10:05:30Z", lastReconciledDuration: "30.5s" },
          { lastReconciled: "2026-11-30T10:04:00Z", lastReconciledDuration: "1m0s" },
        ],
      },
    });
    assert.deepEqual(found, { begunAt: at("10:05:00") - 500, specAt: at("10:01:00") });
  });

  it("is not told by what is odd or not there", () => {
    assert.deepEqual(attemptTimes({}), {});
    const history = [
      { lastReconciled: "soon", lastReconciledDuration: "1s" },
      { lastReconciled: 1 },
    ];
    const managedFields = [field("a", "noon", { "f:spec": {} }), "odd"];
    assert.deepEqual(attemptTimes({ metadata: { managedFields }, status: { history } }), {});
    const untimed = { status: { history: [{ lastReconciled: "2026-11-30T10:05:30Z" }] } };
    assert.deepEqual(attemptTimes(untimed), {});
  });
});
