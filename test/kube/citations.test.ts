import assert from "node:assert/strict";
import { withoutCitations } from "../../kube/go-values.ts";

/** What kustomize says of values that may be a Secret's, and what is told of it. */
const rows: readonly (readonly [said: string, told: string])[] = [
  [
    "loading KV pairs: literal sources [a=b hunter2]: invalid literal source hunter2, expected key=value",
    "loading KV pairs: a literal is no key=value",
  ],
  [
    "wrong node kind: expected MappingNode but got ScalarNode: node contents:\nhunter2\n",
    "wrong node kind: expected MappingNode but got ScalarNode",
  ],
  [
    'trouble configuring builtin PatchTransformer with config: `\npatch: hunter2\n`: unable to parse SM or JSON patch from [patch: "hunter2"]',
    "trouble configuring builtin PatchTransformer: unable to parse SM or JSON patch",
  ],
  ["no such file: a.yaml", "no such file: a.yaml"],
];

describe("what kustomize says of a build that it refuses", () => {
  for (const [said, told] of rows) {
    it(`cites no value: ${told}`, () => assert.equal(withoutCitations(said), told));
  }
});
