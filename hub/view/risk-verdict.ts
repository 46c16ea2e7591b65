import type { ChangesView } from "./changes-view.ts";
import { count } from "./count.ts";
import type { Tone } from "./tone.ts";

/**
 * What the verdict rests on: all, all but what is still asked, a target branch as it was, or what was
 * there before the push.
 */
export type VerdictBasis = "all" | "asking" | "moved" | "earlier";

export function verdictBasis(of: {
  /** What is over is asked nothing more. */
  readonly isOpen: boolean;
  /** What is shown is of the last push. */
  readonly isNewest: boolean;
  /** The target branch has got since what may matter. */
  readonly isStale: boolean;
  /** All that could be compared was, what charts render too. */
  readonly isWhole: boolean;
  /** The API server's own code has answered, or cannot. */
  readonly isAnswered: boolean;
}): VerdictBasis {
  if (!of.isOpen) return "all";
  if (!of.isNewest) return "earlier";
  if (of.isStale) return "moved";
  return of.isWhole && of.isAnswered ? "all" : "asking";
}

const ofSome = ", and not everything was compared";
const ofOldTarget = ", and its target branch has moved since";

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
    if (basis === "moved") {
      return { tone: "warning", text: "Not compared with its target branch as it is now" };
    }
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
  const rest = basis === "moved" ? ofOldTarget : complete ? "" : ofSome;
  return { tone: worst === "high" ? "bad" : "warning", text: `${text}${rest}` };
}
