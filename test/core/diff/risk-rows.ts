import assert from "node:assert/strict";
import { riskLines } from "./manifests.ts";

type Sides = readonly [before: object | readonly object[], after: object | readonly object[]];
/** A change, and all that must be said of it, word for word; nothing where it is harmless. */
export type RiskRow = readonly [what: string, sides: Sides, ...said: readonly string[]];

/** One test a row: just this is said of the change, in any order. */
export function saysOfRisks(rows: readonly RiskRow[]): void {
  for (const [what, [before, after], ...said] of rows) {
    it(`${what}: ${said.length === 0 ? "nothing" : said.join("; ")}`, () => {
      const lines = riskLines([before].flat(), [after].flat());
      assert.deepEqual([...lines].sort(), [...said].sort());
    });
  }
}
