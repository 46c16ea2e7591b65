import type { Identity } from "../manifests/identity.ts";
import type { ObjectChange } from "./object-change.ts";

export type Severity = "high" | "medium";

/** Something in a change that an approver should look at twice. */
export type Risk = {
  /** Stable name of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  readonly identity: Identity;
  /** What happens and why it matters, in plain words; no full stop at its end. */
  readonly text: string;
};

/** What a rule finds in one object's change. */
export type Finding = Omit<Risk, "identity" | "rule">;
export type RiskRule = (change: ObjectChange) => readonly Finding[];
