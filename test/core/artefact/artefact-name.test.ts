import assert from "node:assert/strict";
import { artefactOfAttempt, newestArtefact } from "../../../core/artefact/artefact-name.ts";

describe("artefacts of a stage's attempts", () => {
  it("has a name of its own for each attempt but the first", () => {
    assert.deepEqual(
      [1, 2, 10].map((attempt) => artefactOfAttempt("fluxgate", attempt)),
      ["fluxgate", "fluxgate-2", "fluxgate-10"],
    );
  });

  for (const [held, newest] of [
    [["fluxgate"], "fluxgate"],
    [["fluxgate-2", "fluxgate", "fluxgate-10", "fluxgate-9"], "fluxgate-10"],
    [["fluxgate-3"], "fluxgate-3"],
    [["fluxgate", "fluxgate-candidate-7", "fluxgate-1", "fluxgate-02", "fluxgate-x"], "fluxgate"],
    [["fluxgate", "fluxgate-2.5", "fluxgate--2", "fluxgate-1e3", "fluxgate- 4"], "fluxgate"],
    [["Fluxgate-2", "fluxgate-candidate"], undefined],
    [[], undefined],
  ] as const) {
    it(`takes ${newest ?? "none"} of ${held.join(", ") || "nothing"}`, () => {
      assert.equal(newestArtefact(held, "fluxgate"), newest);
    });
  }
});
