import type { ChangesView } from "./changes-view.ts";
import { count } from "./count.ts";
import type { Tone } from "./tone.ts";

/** What the verdict rests on: all, all but what the API server's own code says, or the push before. */
export type VerdictBasis = "all" | "asking" | "earlier";

/** How risky it is, beside what changes: never well over what is not known. */
export function riskVerdict(
  { risks, worst, complete }: Pick<ChangesView, "risks" | "worst" | "complete">,
  basis: VerdictBasis,
): { readonly tone: Tone; readonly text: string } {
  if (basis === "earlier") {
    return {
      tone: "waiting",
      text: "So it was before the last push: what it is now is not known yet",
    };
  }
  if (worst === undefined) {
    if (!complete) return { tone: "warning", text: "Not everything was compared" };
    return basis === "all"
      ? { tone: "good", text: "No known risk" }
      : { tone: "waiting", text: "No known risk so far" };
  }
  const high = risks.filter(({ severity }) => severity === "high").length;
  const rated = [
    ["high", high],
    ["medium", risks.length - high],
  ] as const;
  const text = rated
    .filter(([, amount]) => amount > 0)
    .map(([severity, amount]) => count(amount, `${severity} risk`))
    .join(", ");
  const rest = complete ? "" : ", and not everything was compared";
  return { tone: worst === "high" ? "bad" : "warning", text: `${text}${rest}` };
}
