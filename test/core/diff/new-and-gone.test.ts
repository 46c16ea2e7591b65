// What comes or goes as a whole has no field that changed: no rule of changes speaks of it.
import assert from "node:assert/strict";
import { labelledPairs } from "./labelled-pairs.ts";
import { riskLines } from "./manifests.ts";
import { morePairs } from "./more-pairs.ts";
import { outsidePairs } from "./outside-pairs.ts";
import { reachPairs } from "./reach-pairs.ts";
import { rightsPairs } from "./rights-pairs.ts";
import { strangerPairs } from "./stranger-pairs.ts";

const objects = [
  ...[...labelledPairs, ...morePairs, ...strangerPairs],
  ...[...reachPairs, ...rightsPairs, ...outsidePairs],
].flatMap(({ before, after }) => [...before, ...after]);

/** Of new objects: what they bring, and what they have from the start. */
const ofNew =
  /^(pod-privilege|grant|webhook|exposure|refused-value|flux-behaviour|unknown-effect|scaled-down|hardening|image|hidden-text|rollout)$/;

function rulesOf(before: readonly object[], after: readonly object[]): readonly string[] {
  return riskLines(before, after).map((line) => /^\w+ ([\w-]+):/.exec(line)?.[1] ?? line);
}

describe("an object as a whole", () => {
  it("is told of as removed alone when it goes", () => {
    for (const one of objects) {
      const odd = rulesOf([one], []).filter((rule) => rule !== "removal");
      assert.deepEqual(odd, [], JSON.stringify(one));
    }
  });

  it("is judged when it comes by what it brings alone", () => {
    for (const one of objects) {
      const odd = rulesOf([], [one]).filter((rule) => !ofNew.test(rule));
      assert.deepEqual(odd, [], JSON.stringify(one));
    }
  });
});
