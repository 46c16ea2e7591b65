import assert from "node:assert/strict";
import { HttpError, InputError, TerminalError, TimeoutError } from "../../../core/errors.ts";
import { carryError, errorOf } from "../../../hub/data/beside/carried-error.ts";
import { plainError } from "../../../hub/view/plain-error.ts";

describe("an error out of a worker", () => {
  it("is told as it would be on the page", () => {
    const errors = [
      new HttpError("GET https://x answered 403: TF401019: no", { code: "forbidden", status: 403 }),
      new HttpError("no answer", { code: "unreachable", status: 0 }),
      new TerminalError("Failed to read it: it is gone", { code: "gone", hint: "Look elsewhere." }),
      new TimeoutError("GET https://x", { waitedMs: 30_000 }),
      new InputError([{ file: "a.yaml", line: 3, message: "no mapping" }]),
      new Error("something else"),
    ];
    for (const error of errors) {
      const carried = errorOf(structuredClone(carryError(error)));
      assert.equal(plainError(carried), plainError(error));
      // Pages try again by its class.
      assert.equal(carried.constructor, error.constructor);
    }
  });

  it("is a text where somebody threw none", () => {
    assert.equal(errorOf(carryError("odd")).message, "odd");
  });
});
