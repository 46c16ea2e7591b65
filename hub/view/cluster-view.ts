import type { EnvironmentSnapshot } from "../../core/environment-snapshot.ts";
import { isStale } from "../../core/flux/staleness.ts";
import type { Tone } from "./tone.ts";
import { agoText, durationText } from "./ago.ts";

/** How much what a cluster's connector said can be trusted, by its age. */
export type ClusterView = {
  readonly name: string;
  readonly tone: Tone;
  /** `seen 3 minutes ago`, `stale: last report 2 hours ago`. */
  readonly text: string;
  /** False when it is too old, or the cluster did not answer. */
  readonly current: boolean;
  /** Whether it decides about its environment: neither retired nor off by plan. */
  readonly isActive: boolean;
};

export function clusterView(snapshot: EnvironmentSnapshot, now: number): ClusterView {
  const { cluster, active, observedAt, silent, every } = snapshot;
  const name = active ? cluster : `${cluster} (not active)`;
  const of = { name, isActive: active };
  const uneasy = active ? "warning" : "plain";
  const ago = agoText(observedAt, now);
  const at = Date.parse(observedAt);
  // A page does not learn what time it is at the service: of two clocks it cannot tell the right one.
  if (isStale({ at: now }, at)) {
    const text = `its report or this browser's clock is wrong by ${durationText(at - now)}`;
    return { ...of, tone: uneasy, text: `not known when it was seen: ${text}`, current: false };
  }
  if (isStale({ at, ...(every === undefined ? {} : { interval: every }) }, now)) {
    return { ...of, tone: uneasy, text: `stale: last report ${ago}`, current: false };
  }
  if (silent !== undefined) {
    return { ...of, tone: uneasy, text: `does not answer as it should: ${silent}`, current: false };
  }
  return { ...of, tone: active ? "good" : "plain", text: `seen ${ago}`, current: true };
}
