import { riskRules } from "./find-risks.ts";
import type { Risk } from "./risk.ts";

/**
 * How risks are named in configuration: by severity (`medium`: that or graver) or by rule.
 * `regresses` is found in the code's history, not in the objects.
 */
export const riskKinds: readonly string[] = ["high", "medium", ...riskRules, "regresses"];

/** Whether one of the kinds names the risk. */
export function isOfKind(
  { rule, severity }: Pick<Risk, "rule" | "severity">,
  kinds: readonly string[],
): boolean {
  return kinds.includes("medium") || kinds.includes(severity) || kinds.includes(rule);
}
