import type { ManifestsRepository } from "./manifests-repository.ts";

// In a row, between two looks.
const mostMerges = 100;

/**
 * Has the branch moved by anything but merges that were seen?
 * @param before the head that was known then
 */
export function hasMovedUnseen(
  { knownHead, beforeMerge }: Pick<ManifestsRepository, "knownHead" | "beforeMerge">,
  before: string | undefined,
): boolean {
  let at = knownHead();
  if (before === undefined) return at !== undefined;
  for (let steps = 0; at !== undefined && at !== before && steps < mostMerges; steps += 1) {
    at = beforeMerge(at);
  }
  return at !== before;
}
