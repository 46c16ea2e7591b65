import assert from "node:assert/strict";
import { parseRejection, writeRejection } from "../../../core/run/rejection.ts";

describe("the record of a rejection", () => {
  it("comes back as one line, whatever was typed", () => {
    const text = writeRejection({ by: "Ada", reason: " not\n##vso[x]\ttoday " });
    assert.deepEqual(parseRejection(text), { by: "Ada", reason: "not ##vso[x] today" });
  });

  it("is absent when the property is not ours", () => {
    for (const text of [undefined, "", "{", "null", "7", '{"by":1,"reason":"x"}']) {
      assert.equal(parseRejection(text), undefined);
    }
  });
});
