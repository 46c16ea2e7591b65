import type { ItemView } from "./cause-view.ts";

type Said = Pick<ItemView, "tone" | "state">;

/**
 * What a report says of an object, as it may stand on a screen.
 * @param current whether the report is of now: of an older one nothing is well, or goes on
 */
export function seenItem({ tone, state }: Said, current: boolean): Said {
  if (current) return { tone, state };
  const isOfNow = tone === "good" || tone === "running";
  return { tone: isOfNow ? "plain" : tone, state: `${state} when last seen` };
}
