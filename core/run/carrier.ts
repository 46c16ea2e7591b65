// The carrier: the commit on a run's branch that its wait hangs on.
import type { CommitTrailers } from "./trailers.ts";

/**
 * Whether a carrier says that its run had nothing to change: by its trailers, or, as older versions
 * made it, as an empty commit with our trailers. That no pull request was found never says so.
 */
export function saysUnchanged(carrier: {
  readonly trailers: CommitTrailers | undefined;
  /** Whether it changes a file against its parent; undefined: not known. */
  readonly differs: boolean | undefined;
}): boolean {
  const { trailers, differs } = carrier;
  if (trailers === undefined) return false;
  return trailers.operation === undefined ? differs === false : trailers.operation === "none";
}
