import assert from "node:assert/strict";
import fc from "fast-check";
import { toAnyYaml, toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { writeUsualYaml } from "../../../core/manifests/usual/write-usual.ts";

const parts = [
  ...["a", "b", "", " ", "\n", "\t", "\r", ":", "#", "-", "'", '"', "1", "0", ".", "e", "~", "<<"],
  ...[
    "y",
    "no",
    "on",
    "True",
    "null",
    "%",
    "---",
    "...",
    "|",
    ">",
    "&",
    "*",
    "[",
    "{",
    "}",
    "?",
    "!",
  ],
  ...["@", "`", ",", "_", "+", "x", "T", "Z", "inf", "2001-01-01", "\u2028", "\u0085", "é", "😀"],
  ...["\ud800", "\0", "\\", "=", "word", "longer words", "\n\n", "  "],
];
const text = fc.array(fc.constantFrom(...parts), { maxLength: 5 }).map((all) => all.join(""));
const scalar = fc.oneof(
  { weight: 6, arbitrary: text },
  fc.double(),
  fc.integer(),
  fc.constantFrom(null, true, false, undefined, -0, 12345678901234567890n),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(text, tie("value"), { maxKeys: 3 }),
  ),
}));

describe("YAML that is written in the usual way", () => {
  it("is what the library writes, whatever the value", () => {
    const values = fc.dictionary(text, value, { maxKeys: 3 });
    fc.assert(
      fc.property(values, (each) => assert.equal(toYaml(each), toAnyYaml(each))),
      { numRuns: 2_000 },
    );
  }).timeout(60_000);

  it("has what objects hold", () => {
    const spelling = { isEscaped: () => false, escaped: () => "", isAmbiguous: () => false };
    const held = {
      metadata: { name: "a", labels: {}, annotations: { "a/b": 'say "x"', c: "it's" } },
      data: { "a.sh": "set -e\n\n  b: c\n", d: "e\nf" },
      spec: { ports: [{ port: 80, open: true }, []], args: ["- a", null], rules: [[1, 2.5]] },
    };
    assert.equal(writeUsualYaml(held, spelling), toAnyYaml(held));
  });
});
