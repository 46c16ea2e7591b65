import { type Problem, problemText } from "../../errors.ts";
import { placeClause } from "../applied-by.ts";

/** What was not compared, and, where several roots have it to say alike, of which: `in overlays/dev`. */
export type PlacedProblem = Problem & { readonly place?: string };

/** The problems of all roots, each that stands in several with its root. */
export function placedProblems(
  found: readonly { readonly root: string; readonly problems: readonly Problem[] }[],
): readonly PlacedProblem[] {
  const roots = new Map<string, Set<string>>();
  for (const { root, problems } of found) {
    for (const one of problems) {
      const text = problemText(one);
      roots.set(text, (roots.get(text) ?? new Set()).add(root));
    }
  }
  return found.flatMap(({ root, problems }) =>
    problems.map((one) =>
      (roots.get(problemText(one))?.size ?? 0) > 1 ? { ...one, place: placeClause(root) } : one,
    ),
  );
}

/** As a line, with its root where others say the same. */
export function placedText({ place, ...problem }: PlacedProblem): string {
  return place === undefined ? problemText(problem) : `${problemText(problem)} (${place})`;
}
