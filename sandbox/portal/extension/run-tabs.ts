import type { TimelineRecord } from "../rest-types.ts";
import { contributionsAt, type Contribution, type ExtensionManifest } from "./contributions.ts";

/** Tabs of a run; one with `supportsTasks` shows only where such a task is part of the run. */
export function runTabs(
  manifest: ExtensionManifest | undefined,
  records: readonly TimelineRecord[],
): readonly Contribution[] {
  const tasks = new Set(records.flatMap(({ task }) => (task ? [task.id.toLowerCase()] : [])));
  return contributionsAt(manifest, {
    type: "ms.vss-build-web.build-results-tab",
    target: "ms.vss-build-web.build-results-view",
  }).filter(
    ({ properties: { supportsTasks } }) =>
      supportsTasks === undefined || supportsTasks.some((id) => tasks.has(id.toLowerCase())),
  );
}
