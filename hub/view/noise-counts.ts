import type { ClassifiedEdit } from "../../core/diff/object-change.ts";
import type { Noise } from "../../core/diff/noise.ts";

/** How many minor edits there are of each class. */
export type NoiseCounts = ReadonlyMap<Noise, number>;

export function countNoise(edits: readonly Pick<ClassifiedEdit, "noise">[]): NoiseCounts {
  const counts = new Map<Noise, number>();
  for (const { noise } of edits) {
    if (noise !== undefined) counts.set(noise, (counts.get(noise) ?? 0) + 1);
  }
  return counts;
}

export function addNoise(all: readonly NoiseCounts[]): NoiseCounts {
  const counts = new Map<Noise, number>();
  for (const one of all) {
    for (const [noise, amount] of one) counts.set(noise, (counts.get(noise) ?? 0) + amount);
  }
  return counts;
}

export function sumNoise(counts: NoiseCounts): number {
  return [...counts.values()].reduce((sum, amount) => sum + amount, 0);
}
