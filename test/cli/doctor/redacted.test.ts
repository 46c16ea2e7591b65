import assert from "node:assert/strict";
import { redacted } from "../../../cli/doctor/bundle.ts";

describe("what a bundle of fluxgate doctor leaves out", () => {
  it("takes out the given texts, users of addresses and headers", () => {
    const text = `"https://user:pw@host/x", "ssh://git@ssh.dev.azure.com/v3", top-secret, Bearer eyJhbGciOi.J9`;
    const left = redacted(text, ["top-secret", "top"]);
    assert.equal(left, `"https://***@host/x", "ssh://***@ssh.dev.azure.com/v3", ***, Bearer ***`);
  });

  it("does not take out what is too short to be a secret", () => {
    assert.equal(redacted("a b c", ["a", ""]), "a b c");
  });
});
