import type { Result, Run } from "../run.ts";

export const good: readonly Result[] = ["succeeded", "succeededWithIssues"];

/** The result of a whole from those of its parts: a stage of its jobs, a phase of its legs. */
export function worst(results: readonly Result[]): Result {
  for (const one of ["canceled", "failed", "succeededWithIssues"] as const) {
    if (results.includes(one)) return one;
  }
  return results.length > 0 && results.every((one) => one === "skipped") ? "skipped" : "succeeded";
}

export function runResult(results: readonly Result[]): NonNullable<Run["result"]> {
  if (results.includes("canceled")) return "canceled";
  if (results.includes("failed")) return "failed";
  return results.includes("succeededWithIssues") ? "partiallySucceeded" : "succeeded";
}
