import { identityKey } from "../../manifests/identity.ts";
import { gravestFirst } from "../find-risks.ts";
import type { Risk } from "../risk.ts";
import { type Refusal, refusalText } from "./server-word.ts";

/**
 * Risks in the API server's own words where it refuses something: what a rule says of the same object
 * gives way to them, what no rule knew is added. What a rule alone says stays.
 */
export function withServerWord(
  risks: readonly Risk[],
  refusals: readonly Refusal[],
): readonly Risk[] {
  if (refusals.length === 0) return risks;
  const told = new Set(refusals.map(keyOf));
  const others = risks.filter((risk) => !told.has(keyOf(risk)));
  const own = refusals.map((refusal): Risk => {
    const { rule, identity } = refusal;
    return { rule, severity: "high", identity, text: refusalText(refusal) };
  });
  return gravestFirst([...own, ...others]);
}

function keyOf({ rule, identity }: Pick<Risk, "rule" | "identity">): string {
  return `${rule} ${identityKey(identity)}`;
}
