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
    const get = "GET https://dev.azure.com/fabrikam/_apis/x answered";
    assert.equal(http(403, "http-403", `${get} 403`), "You are not allowed to read this.");
    assert.match(
      http(404, "x", `${get} 404: TF401: It is gone`),
      /^It is not there, or you may not/,
    );
    assert.equal(http(400, "http-400", `${get} 400`), "Azure DevOps refused it.");
    assert.equal(http(502, "http-502", `${get} 502`), "Azure DevOps has a problem of its own.");
    assert.match(http(200, "not-json", `${get} did not answer with JSON`), /^What answered is not/);
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
