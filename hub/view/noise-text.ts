import { type Noise, noiseNames } from "../../core/diff/noise.ts";
import { count } from "./count.ts";

/** `12 edits hidden: 8 chart and version labels, 4 checksums`; undefined for none. */
export function noiseText(noise: readonly Noise[], shown: boolean): string | undefined {
  if (noise.length === 0) return undefined;
  const kinds = [...new Set(noise)].map(
    (kind) => `${noise.filter((other) => other === kind).length} ${noiseNames[kind]}`,
  );
  const what = shown ? "minor" : "hidden as minor";
  return `${count(noise.length, "edit")} ${what}: ${kinds.join(", ")}`;
}
