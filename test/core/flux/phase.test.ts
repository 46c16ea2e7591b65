import assert from "node:assert/strict";
import type { FluxObject } from "../../../core/flux/flux-object.ts";
import { phaseOf } from "../../../core/flux/phase.ts";
import { kustomization, type KustomizationFacts } from "../gate/gate-world.ts";

const failing = (reason: string, message = "") =>
  ({ ready: { status: "False", reason, message } }) as const;
const progressing = {
  ready: { status: "Unknown", reason: "Progressing", message: "Building" },
} as const;
const stalled = {
  conditions: [{ type: "Stalled", status: "True", reason: "AccessDenied", message: "no" }],
} as const;

const rows: readonly (readonly [
  says: string,
  facts: KustomizationFacts,
  upToDate: "yes" | "no" | "unknown" | undefined,
  then: string,
])[] = [
  ["runs the commit", {}, "yes", "in-sync"],
  ["is asked about no commit", {}, undefined, "in-sync"],
  ["runs an older commit", {}, "no", "behind: runs an older commit"],
  ["cannot be compared", {}, "unknown", "unknown: what it runs could not be compared with git"],
  ["is on its way", progressing, "no", "reconciling: Building"],
  ["is only looked at again", progressing, "yes", "in-sync"],
  [
    "has a new spec",
    { ...progressing, generation: 2, observedGeneration: 1 },
    "yes",
    "reconciling",
  ],
  [
    "waits",
    failing("DependencyNotReady", "for base"),
    "no",
    "waiting: DependencyNotReady: for base",
  ],
  ["fails", failing("PruneFailed", "no right"), "no", "failing: PruneFailed: no right"],
  ["says the reason once", failing("BuildFailed"), "no", "failing: BuildFailed"],
  ["gives no reason", failing("", "bad"), "no", "failing: bad"],
  ["fails to build", failing("BuildFailed", "bad"), "no", "failing: BuildFailed: bad"],
  [
    "fails for good",
    failing("ReconciliationFailed", "field is immutable"),
    "no",
    "failing: ReconciliationFailed: field is immutable (terminal)",
  ],
  ["is stalled", stalled, "no", "stalled: AccessDenied: no (terminal)"],
  [
    "is suspended",
    { spec: { suspend: true } },
    "yes",
    "suspended: suspended, by whom is not recorded",
  ],
];

function text(object: FluxObject, upToDate: "yes" | "no" | "unknown" | undefined): string {
  const { phase, cause, terminal } = phaseOf(object, upToDate);
  return `${phase}${cause === "" ? "" : `: ${cause}`}${terminal ? " (terminal)" : ""}`;
}

describe("phaseOf()", () => {
  for (const [says, facts, upToDate, then] of rows) {
    it(`${says}: ${then}`, () => {
      const found = text(kustomization(facts), upToDate);
      assert.ok(found === then || found.startsWith(`${then}: `), found);
    });
  }
});
