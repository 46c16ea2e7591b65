import assert from "node:assert/strict";
import type { CommitStatus } from "../../core/azure-devops/types.ts";
import { byConnectors, connectorsOf } from "../../hub/view/connector-statuses.ts";

const status = (id: number, by: string, change: Partial<CommitStatus> = {}): CommitStatus => ({
  id,
  state: "succeeded",
  context: { genre: "fluxgate", name: "shop/prod" },
  creationDate: "2026-11-23T11:00:00Z",
  createdBy: { id: by, displayName: by },
  ...change,
});
const ids = (statuses: readonly CommitStatus[]) => statuses.map(({ id }) => id);
const letter = { context: { genre: "fluxgate", name: "wait/shop/prod" } };

describe("statuses that count in the hub", () => {
  const connectors = connectorsOf([{ reportedBy: "c" }, {}, { reportedBy: "c" }]);

  it("are the connector's, where its identity is known: anyone may post under their names", () => {
    assert.deepEqual(ids(byConnectors([status(1, "c"), status(2, "dana")], connectors)), [1]);
  });

  it("are letters of runs too, which only the connector closes", () => {
    const all = [
      status(1, "build", { ...letter, state: "pending" }),
      status(2, "dana", letter),
      status(3, "c", letter),
    ];
    assert.deepEqual(ids(byConnectors(all, connectors)), [1, 3]);
  });

  it("are all of them where no connector says who it is", () => {
    assert.deepEqual(ids(byConnectors([status(1, "c"), status(2, "dana")], new Set())), [1, 2]);
  });
});
