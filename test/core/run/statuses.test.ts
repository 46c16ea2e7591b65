import assert from "node:assert/strict";
import type { CommitStatus } from "../../../core/azure-devops/types.ts";
import { latestReported, openLetters } from "../../../core/run/statuses.ts";

const targetUrl =
  "https://dev.azure.com/f/p/_build/results?buildId=1&view=logs&j=00000000-0000-0000-0000-000000000001&t=00000000-0000-0000-0000-000000000002";
const status = (id: number, by: string, more: Partial<CommitStatus> = {}): CommitStatus => ({
  id,
  state: "pending",
  creationDate: "2026-11-28T00:00:00Z",
  createdBy: { id: by, displayName: by },
  context: { genre: "fluxgate", name: "wait/shop/dev" },
  targetUrl,
  ...more,
});
const reporters = new Set(["connector", "former"]);

describe("The statuses that count", () => {
  it("are a connector's, by whichever of its identities, and of them the newest", () => {
    const context = { genre: "fluxgate", name: "dev" };
    const said = [
      status(3, "former", { context, state: "failed" }),
      status(4, "connector", { context, state: "succeeded" }),
      status(9, "stranger", { context, state: "failed" }),
    ];
    assert.equal(latestReported(said, { name: "dev", reporters })?.id, 4);
    assert.equal(latestReported(said, { name: "dev", reporters: new Set() }), undefined);
  });
});

describe("An open letter", () => {
  it("is closed only by a later status of a connector with its context and address", () => {
    const ids = (...all: readonly CommitStatus[]) =>
      openLetters(all, reporters).map(({ id }) => id);
    const letter = status(5, "build");
    assert.deepEqual(ids(letter), [5]);
    assert.deepEqual(ids(letter, status(6, "connector", { state: "failed" })), []);
    assert.deepEqual(ids(letter, status(6, "stranger", { state: "failed" })), [5]);
    assert.deepEqual(ids(letter, status(4, "connector", { state: "failed" })), [5]);
    assert.deepEqual(ids(letter, status(6, "connector", { state: "failed", targetUrl: "x" })), [5]);
  });

  it("that is repeated counts once for each author, so that nobody hides another's", () => {
    const all = [status(5, "stranger"), status(6, "build"), status(7, "build")];
    assert.deepEqual(
      openLetters(all, reporters).map(({ id }) => id),
      [5, 6],
    );
  });
});
