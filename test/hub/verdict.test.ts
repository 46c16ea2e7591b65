import assert from "node:assert/strict";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import { verdictOf } from "../../hub/view/verdict.ts";

const status = (id: number, change: Partial<CommitStatus> = {}): CommitStatus => ({
  id,
  state: "succeeded",
  context: { genre: "fluxgate", name: "shop/prod" },
  creationDate: "2026-11-23T11:00:00Z",
  createdBy: { id: "c", displayName: "Fluxgate connector", descriptor: "aadsp.x" },
  ...change,
});

describe("a verdict", () => {
  it("is the newest status of its name, whatever the order", () => {
    const all = [status(3, { state: "failed" }), status(1), status(2)];
    assert.equal(verdictOf(all, "shop/prod")?.state, "failed");
    assert.equal(verdictOf(all, "shop/dev"), undefined);
  });

  it("is never what a pipeline's own identity says", () => {
    const forged = status(9, { createdBy: { id: "b", displayName: "Build", descriptor: "svc.x" } });
    assert.equal(verdictOf([forged], "shop/prod"), undefined);
    assert.equal(
      verdictOf([status(1, { state: "pending" }), forged], "shop/prod")?.state,
      "pending",
    );
  });

  it("is not another genre's status of the same name", () => {
    const other = status(1, { context: { genre: "kustomization", name: "shop/prod" } });
    assert.equal(verdictOf([other], "shop/prod"), undefined);
  });
});
