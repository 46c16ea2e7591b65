import { countedNoise } from "../../core/diff/noise.ts";
import { count } from "../../core/count.ts";
import { type NoiseCounts, sumNoise } from "./noise-counts.ts";

/** `12 edits hidden: 8 chart and version labels, 4 checksums`; undefined for none. */
export function noiseText(counts: NoiseCounts, shown: boolean): string | undefined {
  if (counts.size === 0) return undefined;
  const kinds = [...counts].map(([kind, amount]) => countedNoise(kind, amount));
  const what = shown ? "minor" : "hidden as minor";
  return `${count(sumNoise(counts), "edit")} ${what}: ${kinds.join(", ")}`;
}
