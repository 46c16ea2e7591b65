import assert from "node:assert/strict";
import { goPattern } from "../../../../rendering/checks/schemas/go-pattern.ts";

describe("a pattern of Go", () => {
  const rows: readonly (readonly [pattern: string, fits: string, not: string])[] = [
    ["^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", "a-b", "-b"],
    ["(?i)^abc$", "ABC", "ABD"],
    ["^(?i)abc$", "ABC", "ABCD"],
    ["(?ms)^b.c$", "a\nb\nc", "a\nb\ncd"],
    ["^[[:alpha:]]+$", "abZ", "ab1"],
    ["^a\\_b\\:c\\-d$", "a_b:c-d", "a\\_b"],
    ["^[]a]+$", "]a", "b"],
    ["^[^]a]+$", "b", "]"],
    ["^[\\w\\-\\.]+$", "a-b.c", "a b"],
    ["a{,5}", "a{,5}", "aaa"],
    ["\\Aab\\z", "ab", "abc"],
    ["^\\pL$", "é", "1"],
    ["^(?P<x>a)$", "a", "b"],
    ["^a{2,3}$", "aa", "a"],
    ["^\\s$", "\t", "\u00a0"],
    ["^[\\s,]+$", ", ", ".\u00a0"],
  ];
  for (const [pattern, fits, not] of rows) {
    it(`${pattern} fits ${JSON.stringify(fits)} and not ${JSON.stringify(not)}`, () => {
      assert.deepEqual(
        [goPattern(pattern)?.test(fits), goPattern(pattern)?.test(not)],
        [true, false],
      );
    });
  }

  for (const pattern of [
    "\\Qa.b\\E",
    "\\C",
    "(?m)\\Aa",
    "^(?m)a",
    "[[:nothing:]]",
    "a(",
    "(?U)a",
  ]) {
    it(`${pattern} is not guessed at`, () => {
      assert.equal(goPattern(pattern), undefined);
    });
  }
});
