import assert from "node:assert/strict";
import { compareManifests } from "../../../core/diff/compare-manifests.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";
import { labelledPairs } from "./labelled-pairs.ts";
import { morePairs } from "./more-pairs.ts";
import { strangerPairs } from "./stranger-pairs.ts";
import { reachPairs } from "./reach-pairs.ts";
import { rightsPairs } from "./rights-pairs.ts";
import { outsidePairs } from "./outside-pairs.ts";

const pairs = [
  ...[...labelledPairs, ...morePairs, ...strangerPairs],
  ...[...reachPairs, ...rightsPairs, ...outsidePairs],
];

describe("the labelled pairs", () => {
  const counts = { right: 0, missed: 0, invented: 0 };
  after(() => {
    const { right, missed, invented } = counts;
    const percent = (of: number) => `${Math.round((100 * right) / of)} %`;
    process.stdout.write(
      `    ${pairs.length} pairs: recall ${percent(right + missed)}, precision ${percent(right + invented)}\n`,
    );
  });
  for (const { name, before, after: next, risks } of pairs) {
    it(`${name}: ${risks.join(", ") || "no risk"}`, () => {
      const file = (objects: readonly object[]) => [
        { path: "prod/all.yaml", text: objects.map(toYaml).join("---\n") },
      ];
      const compared = compareManifests(file(before), file(next));
      const found = [...new Set(compared.risks.map(({ severity, rule }) => `${severity} ${rule}`))];
      counts.right += risks.filter((one) => found.includes(one)).length;
      counts.missed += risks.filter((one) => !found.includes(one)).length;
      counts.invented += found.filter((one) => !risks.includes(one)).length;
      const texts = compared.risks.map(({ text }) => text).join("\n");
      assert.deepEqual([...found].sort(), [...risks].sort(), texts);
    });
  }
});
