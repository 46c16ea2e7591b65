import assert from "node:assert/strict";
import fc from "fast-check";
import { tokenPlaces } from "../../../core/render/token-places.ts";

const token = "#{x}#";
const parts = [
  ...["a", ":", " ", "\n", "-", "|", ">", '"', "'", "#", "[", "]", "{", "}", ",", "&x", "!t", "%"],
  ...["\\", "\r", "\t", "---", "2", "+", "?", token, token],
];
const spansIn = (source: string) =>
  [...source.matchAll(/#\{x\}#/g)].map(({ index }) => ({
    start: index,
    end: index + token.length,
  }));

describe("the places of tokens", () => {
  it("are found for each of them, whatever stands around it", () => {
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 40 }).map((all) => all.join(""));
    fc.assert(
      fc.property(text, (source) => {
        const tokens = spansIn(source);
        assert.equal(tokenPlaces(source, tokens).length, tokens.length);
      }),
      { numRuns: 2000 },
    );
  });

  it("of what comes behind an anchor or a tag with a token are what they are", () => {
    const source = `a: &${token} b\nc: !${token} d\ne: ${token}\nf: "${token}"\n`;
    const [, , whole, quoted] = tokenPlaces(source, spansIn(source));
    assert.deepEqual(whole, { kind: "plain", isStart: true, isEnd: true, inFlow: false });
    assert.deepEqual(quoted, { kind: "quoted", quote: '"' });
  });
});
