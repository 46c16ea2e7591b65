import assert from "node:assert/strict";
import { lostCharacters } from "../../../core/render/lost-characters.ts";

describe("what does not come through Flux's build", () => {
  const lost = (spec: object) =>
    lostCharacters({ apiVersion: "v1", kind: "X", metadata: { name: "a" }, ...{ spec } });

  it("is named with its field: characters of texts and of keys, and a key <<", () => {
    assert.deepEqual(lost({ a: "x\u007f" }).refused, [
      "spec.a holds U+007F, which Flux's build refuses",
    ]);
    assert.deepEqual(lost({ a: "x\u0085" }).changed, [
      "spec.a holds U+0085, of which Flux's build makes a space",
    ]);
    assert.deepEqual(lost({ "x\u0085": "a" }).refused, [
      "spec has a key with U+0085, which Flux's build refuses",
    ]);
    assert.deepEqual(lost({ a: [{ "<<": { b: 1 } }] }).refused, [
      "spec.a[0] has a key <<, which Flux's build drops",
    ]);
    assert.deepEqual(lost({ a: "<<", b: "é\u2028\n" }), { refused: [], changed: [] });
  });
});
