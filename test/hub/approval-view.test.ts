import assert from "node:assert/strict";
import type { Approval } from "../../clients/azure-devops/approvals.ts";
import { openChecksOf, stageOf } from "../../core/run/checkpoints.ts";
import type { TimelineRecord } from "../../core/azure-devops/types.ts";
import { approvalView, openCheckText } from "../../hub/view/approval-view.ts";

const me = { id: "ME" };
const at = {
  organisationUrl: "https://dev.azure.com/fabrikam",
  me,
  now: Date.parse("2026-11-23T12:00:00Z"),
};
const [ari, sre] = [
  { id: "ari", displayName: "Ari" },
  { id: "sre", displayName: "SRE" },
];
const asked = (assignedApprover: typeof ari, status = "pending") => ({ assignedApprover, status });
const view = (approval: Partial<Approval>, stage?: string) =>
  approvalView(
    { project: "shop", stage, approval: { id: "a", status: "pending", ...approval } },
    at,
  );
const record = (id: string, type: string, more: Partial<TimelineRecord> = {}): TimelineRecord => ({
  ...{ id, type, name: id, state: "inProgress", parentId: null },
  ...more,
});

describe("an approval of a run, as it is shown", () => {
  it("can be decided by who the service lets, though a group is asked", () => {
    const approval = { steps: [asked(sre)], permissions: "view, update" };
    assert.equal(view(approval).cannotDecide, undefined);
  });

  it("names who can decide it to anybody else", () => {
    const approval = { steps: [asked(ari), asked(sre)], permissions: "view" };
    assert.equal(view(approval).cannotDecide, "Only Ari, SRE can decide.");
  });

  it("leaves it to the click where the service does not tell", () => {
    assert.equal(view({ steps: [asked(ari)] }).cannotDecide, undefined);
    assert.equal(view({ permissions: "view" }).cannotDecide, undefined);
  });

  it("says that who asked for the run is barred, whatever the letters of the id", () => {
    const blockedApprovers = [{ id: "me", displayName: "Me" }];
    const approval = { steps: [asked(ari)], permissions: "update", blockedApprovers };
    assert.match(view(approval).cannotDecide ?? "", /who asked for the run is barred/);
  });

  it("says whose turn it is, who has decided and what they said", () => {
    const mine = { id: "me", displayName: "Me" };
    const steps = [
      { ...asked(sre, "approved"), actualApprover: ari, comment: " fine " },
      asked(mine, "uninitiated"),
    ];
    const shown = view({ steps, minRequiredApprovers: 2, permissions: "update" });
    assert.deepEqual(shown.steps, [
      "Ari (for SRE) approved: “fine”",
      "Me is asked later: one decides after the other",
    ]);
    assert.equal(shown.needs, "2 of 2 have to approve");
    assert.match(shown.cannotDecide ?? "", /not your turn yet/);
    const done = [{ ...asked(sre, "approved"), actualApprover: mine }, asked(ari)];
    assert.equal(
      view({ steps: done, permissions: "update" }).cannotDecide,
      "You have decided already.",
    );
  });

  it("names the stage as the timeline tells, and no stage where it does not", () => {
    const records = [
      record("prod", "Stage"),
      record("c", "Checkpoint", { parentId: "prod" }),
      record("a", "Checkpoint.Approval", { parentId: "c" }),
    ];
    assert.equal(stageOf(records, "A"), "prod");
    assert.equal(stageOf(records, "b"), undefined);
    assert.equal(view({}, "prod").title, "Stage prod");
    assert.equal(view({}).title, "A stage");
    const circle = [record("x", "Job", { parentId: "y" }), record("y", "Job", { parentId: "x" })];
    assert.equal(stageOf(circle, "x"), undefined);
  });

  it("names the checks that nobody decides, and none that ended or have yet to begin", () => {
    const records = [
      record("prod", "Stage"),
      record("c", "Checkpoint", { parentId: "prod" }),
      record("lock", "Checkpoint.ExclusiveLock", { parentId: "c" }),
      record("leave", "Checkpoint.Authorization", { parentId: "c" }),
      record("hours", "Checkpoint.TaskCheck", { parentId: "c", state: "completed" }),
      record("later", "Checkpoint", { state: "pending" }),
      record("branch", "Checkpoint.TaskCheck", { parentId: "later", state: "pending" }),
    ];
    assert.deepEqual(openChecksOf(records).map(openCheckText), [
      "Stage prod waits for an exclusive lock, which another run holds.",
      "Stage prod waits for leave to use a resource, which its administrator gives.",
    ]);
  });
});
