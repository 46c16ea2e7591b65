import type { Risk } from "../risk.ts";
import { unknownEffect } from "../uncompared.ts";
import { chartOf } from "./roots.ts";
import { isSameFile, type Side } from "./side-file.ts";

/** Charts among the files that change: what releases of them render is not known here. */
export function changedCharts(sides: {
  readonly before: Side;
  readonly after: Side;
}): readonly Risk[] {
  const paths = new Set([...sides.before.keys(), ...sides.after.keys()]);
  const charts = [...paths].flatMap((path) => {
    const chart = chartOf(path, sides.after) ?? chartOf(path, sides.before);
    return chart === undefined || isSameFile(sides.before, sides.after, path) ? [] : [chart];
  });
  return [...new Set(charts)].map((name) => ({
    rule: unknownEffect,
    severity: "high",
    identity: { group: "", version: "v2", kind: "Chart", namespace: "", name },
    text: "changes: what releases of it, or of charts that depend on it, render then is not known here",
  }));
}
