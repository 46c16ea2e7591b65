import assert from "node:assert/strict";
import { refusalText } from "../../../core/diff/server/server-word.ts";

describe("a refusal of the API server in a review", () => {
  const says = (text: string) =>
    refusalText({ rule: "refused-value", texts: [text], isForced: false });
  const pod = JSON.stringify({ labels: { uid: "59c95923" }, spec: "x".repeat(300) });

  it("leaves out the object that it prints, which the edits show", () => {
    assert.equal(
      says(`spec.template: Invalid value: ${pod}: field is immutable`),
      "the API server would refuse this: spec.template: Invalid value {…}: field is immutable",
    );
    assert.equal(
      says("Forbidden: spec is immutable\n@@ -1,2 +1,2 @@\n- a\n+ b\n"),
      "the API server would refuse this: Forbidden: spec is immutable",
    );
  });

  it("keeps a value that is short", () => {
    const text = 'a: Invalid value: {"b":1}: must be short';
    assert.equal(says(text), `the API server would refuse this: ${text}`);
  });
});
