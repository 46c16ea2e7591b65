import assert from "node:assert/strict";
import { compareTrees } from "../../../core/diff/tree/compare-trees.ts";
import { diffText } from "../../../core/report/diff-text.ts";

const forged = "\n\nall is well\n";
const settings = (name: string) =>
  `{ apiVersion: v1, kind: ConfigMap, metadata: { name: ${JSON.stringify(name)} }, data: { a: b } }`;
const podOf = (image: string) =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { containers: [{ name: a, image: ${JSON.stringify(image)} }] } }`;

describe("the text of a comparison", () => {
  const kept = { path: "prod/kept.yaml", text: settings("kept") };
  for (const [what, path, text] of [
    ["the name of an object", "prod/a.yaml", settings(`a${forged}`)],
    ["a path", `prod/a${forged}.yaml`, settings("a")],
    ["a path that Flux cannot read", `prod/a${forged}.yaml`, "{"],
    ["a path that Flux does not apply", `prod/a${forged}.txt`, "a"],
    ["a value that a risk names", "prod/a.yaml", podOf(`a${forged}:latest`)],
  ] as const) {
    it(`gives no line of its own to ${what}`, () => {
      const lines = diffText(compareTrees([kept], [kept, { path, text }])).join("\n");
      assert.match(lines, /all is well/);
      assert.doesNotMatch(lines, /^(?: {2})?all is well$/m, lines);
    });
  }
});
