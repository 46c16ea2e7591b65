import type { PullRequest } from "../pull-requests/pull-request.ts";
import type { PolicySettings } from "./policy.ts";

/**
 * Whether a policy with path filters (`filenamePatterns`) looks at a pull request. As documented: `*`
 * stands for anything, steps of the path included, a pattern that begins with `!` leaves out, and the
 * order counts.
 */
export function looksAt(
  { filenamePatterns }: PolicySettings,
  { iterations }: PullRequest,
): boolean {
  const patterns = Array.isArray(filenamePatterns)
    ? (filenamePatterns as unknown[]).map(String).filter(Boolean)
    : [];
  const paths = iterations.at(-1)?.paths;
  if (patterns.length === 0 || paths === undefined) return true;
  return paths.some((path) => {
    let chosen = patterns.every((pattern) => pattern.startsWith("!"));
    for (const pattern of patterns) {
      const takes = !pattern.startsWith("!");
      if (expressionOf(takes ? pattern : pattern.slice(1)).test(`/${path}`)) chosen = takes;
    }
    return chosen;
  });
}

function expressionOf(pattern: string): RegExp {
  const absolute = pattern.startsWith("/") ? pattern : `*/${pattern}`;
  const parts = absolute.split("*").map((part) => part.replaceAll(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "i");
}
