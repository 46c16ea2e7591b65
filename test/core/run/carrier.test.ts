import assert from "node:assert/strict";
import { saysUnchanged } from "../../../core/run/carrier.ts";
import { parseTrailers, writeTrailers } from "../../../core/run/trailers.ts";

const trailers = { source: "shop@1", run: "https://x/1", delivery: "shop", environment: "dev" };

describe("A carrier says that nothing was to change", () => {
  it("by its trailer, and by nothing else once it could have said it", () => {
    const none = parseTrailers(`Nothing\n\n${writeTrailers({ ...trailers, operation: "none" })}`);
    assert.equal(none?.operation, "none");
    assert.equal(saysUnchanged({ trailers: none, differs: undefined }), true);
  });

  it("as older versions did: with our trailers and without a difference to its parent", () => {
    const older = parseTrailers(`Nothing\n\n${writeTrailers(trailers)}`);
    assert.equal(saysUnchanged({ trailers: older, differs: false }), true);
    assert.equal(saysUnchanged({ trailers: older, differs: true }), false);
  });

  it("never when that is not known, or it is an empty commit of somebody else", () => {
    assert.equal(saysUnchanged({ trailers, differs: undefined }), false);
    assert.equal(saysUnchanged({ trailers: undefined, differs: false }), false);
  });

  it("and another word in that trailer is no word of ours", () => {
    const text = `Deploy\n\n${writeTrailers(trailers)}\nFluxgate-Operation: created`;
    assert.equal(parseTrailers(text)?.operation, undefined);
  });
});
