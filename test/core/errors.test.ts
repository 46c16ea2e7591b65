import assert from "node:assert/strict";
import { commitSha } from "../../core/brand.ts";
import { InputError, TerminalError, causeText, userMessage } from "../../core/errors.ts";

describe("errors", () => {
  it("shows every input problem with its place", () => {
    const error = new InputError([
      { file: "fluxgate.yaml", line: 3, column: 5, message: "unknown key" },
      { message: "no app" },
    ]);
    assert.equal(error.message, "fluxgate.yaml:3:5: unknown key\nno app");
  });

  it("nests a cause into a sentence", () => {
    assert.equal(causeText(new Error("Error: Chart not found.")), "chart not found");
    assert.equal(
      causeText(new Error("TF401019: no such repository")),
      "TF401019: no such repository",
    );
  });

  it("ends what a user reads with what to do", () => {
    const error = new TerminalError("Failed to find tool helm: not on PATH", {
      code: "tool-missing",
      hint: "Install helm 3.12 or newer.",
    });
    assert.equal(
      userMessage(error),
      "Failed to find tool helm: not on PATH. Install helm 3.12 or newer.",
    );
  });

  it("refuses what is not a commit id", () => {
    assert.throws(() => commitSha("main"), InputError);
    assert.equal(commitSha("A".repeat(40)), "a".repeat(40));
  });
});
