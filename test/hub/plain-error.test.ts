import assert from "node:assert/strict";
import { HttpError, TimeoutError } from "../../core/errors.ts";
import { plainError } from "../../hub/view/plain-error.ts";

const http = (
  status: number,
  code: string,
  message = "PATCH https://x answered 403: TF401027: You need the Git right.",
) => plainError(new HttpError(message, { status, code }));

describe("an error on a page", () => {
  it("says what it means, in words and without codes", () => {
    assert.equal(http(401, "not-signed-in"), "Your session has ended. Reload the page.");
    assert.equal(http(0, "unreachable"), "Azure DevOps does not answer. Check your network.");
    assert.equal(
      http(403, "GitNeedsPermissionException"),
      "You are not allowed to do this: You need the Git right.",
    );
    assert.match(
      http(409, "x", "PATCH … answered 409: TF401192: moved"),
      /has changed since you opened it/,
    );
    assert.match(http(409, "GitPullRequestNotEditableException"), /already/);
    assert.match(http(429, "x"), /pause/);
    assert.match(http(503, "x"), /problem of its own/);
  });

  it("ends in a full stop, whatever went wrong", () => {
    assert.equal(plainError(new Error("odd")), "odd.");
    assert.match(
      plainError(new TimeoutError("The merge", { waitedMs: 60_000 })),
      /60 s\. Look again/,
    );
    assert.equal(plainError("odd"), "odd.");
  });
});
