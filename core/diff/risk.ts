import type { Identity, KubernetesObject } from "../manifests/identity.ts";
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

export function high(text: string): Finding {
  return { severity: "high", text };
}

export function medium(text: string): Finding {
  return { severity: "medium", text };
}

/** All objects that are applied together, changed or not, as far as they were read. */
export type Surroundings = {
  readonly before: readonly KubernetesObject[];
  readonly after: readonly KubernetesObject[];
  /** Whether they are all there is; else only what changes was read. */
  readonly isWhole: boolean;
};

export type RiskRule = (change: ObjectChange, beside: Surroundings) => readonly Finding[];
