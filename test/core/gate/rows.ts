import assert from "node:assert/strict";
import { decide } from "../../../core/gate/decide.ts";
import type { GateInput } from "../../../core/gate/gate-input.ts";
import type { GateVerdict } from "../../../core/gate/verdict.ts";
import { afterGrace, input, now } from "./gate-world.ts";

export type Row = {
  /** A sentence of design.md 4.6, shortened. */
  readonly says: string;
  readonly given: Partial<GateInput>;
  /** The verdict's kind, with what it waits for or how it failed: `waiting merge`. */
  readonly then: string;
  readonly text?: RegExp;
  /** Of one of its lines, or of its notes. */
  readonly line?: RegExp;
  /** Decide again when the grace is over. */
  readonly later?: true;
};

/** One test for each row, named by its sentence. */
export function describeRows(title: string, rows: readonly Row[]): void {
  describe(`decide(): ${title}`, () => {
    for (const { says, given, then, text, line, later } of rows) {
      it(says, () => {
        const verdict = later ? afterGrace(given) : decide(input(given), now);
        assert.equal(kindOf(verdict), then, verdict.text);
        if (text) assert.match(verdict.text, text);
        if (line) assert.match([...verdict.progress, ...verdict.notes].join("\n"), line);
      });
    }
  });
}

/** `waiting merge`, `failed expired`, `succeeded`, `superseded`. */
export function kindOf(verdict: GateVerdict): string {
  switch (verdict.kind) {
    case "waiting":
      return `waiting ${verdict.waitingFor}`;
    case "failed":
      return `failed ${verdict.failure}`;
    case "succeeded":
    case "superseded":
      return verdict.kind;
  }
}
