import type { Noise } from "../../core/diff/noise.ts";
import { count } from "./count.ts";

const names: Readonly<Record<Noise, string>> = {
  "version-label": "chart and version labels",
  checksum: "checksums",
  "generated-name": "references to generated names",
  order: "order only",
  formatting: "formatting only",
  defaulting: "defaults written out",
  managed: "fields that the cluster sets",
};

/** `12 edits hidden: 8 chart and version labels, 4 checksums`; undefined for none. */
export function noiseText(noise: readonly Noise[], shown: boolean): string | undefined {
  if (noise.length === 0) return undefined;
  const kinds = [...new Set(noise)].map(
    (kind) => `${noise.filter((other) => other === kind).length} ${names[kind]}`,
  );
  const what = shown ? "minor" : "hidden as minor";
  return `${count(noise.length, "edit")} ${what}: ${kinds.join(", ")}`;
}
