import type { ChangesView } from "./changes-view.ts";
import { count } from "../../core/count.ts";
import type { Tone } from "./tone.ts";

/**
 * What the verdict rests on: all, all but what is still asked, a target branch that was or may be
 * another since, its branch without the merge, or what was there before the push.
 */
export type VerdictBasis = "all" | "asking" | "moved" | "may-have-moved" | "branch" | "earlier";

export function verdictBasis(of: {
  /** What is over is asked nothing more. */
  readonly isOpen: boolean;
  /** What is shown is of the last push. */
  readonly isNewest: boolean;
  /** It cannot be merged as it is, so what merging gives is not known. */
  readonly isBranchAlone: boolean;
  /** Whether the target branch has got since what may matter; undefined: not known. */
  readonly isStale: boolean | undefined;
  /** All that could be compared was, what charts render too. */
  readonly isWhole: boolean;
  /** The API server's own code has answered, or cannot. */
  readonly isAnswered: boolean;
}): VerdictBasis {
  if (!of.isOpen) return "all";
  if (!of.isNewest) return "earlier";
  if (of.isBranchAlone) return "branch";
  if (of.isStale !== false) return of.isStale ? "moved" : "may-have-moved";
  return of.isWhole && of.isAnswered ? "all" : "asking";
}

const notTheMerge = {
  moved: {
    alone: "Not compared with its target branch as it is now",
    after: ", and its target branch has moved since",
  },
  "may-have-moved": {
    alone: "Whether its target branch has moved since is not known",
    after: ", and whether its target branch has moved since is not known",
  },
  branch: {
    alone: "Only its branch was compared, not the merge",
    after: ", and only its branch was compared",
  },
} as const;

function isOther(basis: VerdictBasis): basis is keyof typeof notTheMerge {
  return basis in notTheMerge;
}

/**
 * How risky it is, beside what changes: never well over what is not known.
 * @param gap what the API server's own code was not asked of it; nothing is said of it while it is asked
 */
export function riskVerdict(
  { risks, worst, complete }: Pick<ChangesView, "risks" | "worst" | "complete">,
  basis: VerdictBasis,
  gap?: string,
): { readonly tone: Tone; readonly text: string } {
  if (basis === "earlier") {
    return {
      tone: "waiting",
      text: "So it was before the last push: what it is now is not known yet",
    };
  }
  if (worst === undefined) {
    if (isOther(basis)) return { tone: "warning", text: notTheMerge[basis].alone };
    if (!complete) return { tone: "warning", text: "Not everything was compared" };
    if (basis === "asking") return { tone: "waiting", text: "No known risk so far" };
    return gap === undefined
      ? { tone: "good", text: "No known risk" }
      : { tone: "plain", text: `No known risk, but ${gap}` };
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
  const ofAll = complete ? "" : ", and not everything was compared";
  const rest = isOther(basis) ? notTheMerge[basis].after : ofAll;
  const unasked = basis !== "all" || gap === undefined ? "" : `, and ${gap}`;
  return { tone: worst === "high" ? "bad" : "warning", text: `${text}${rest}${unasked}` };
}
