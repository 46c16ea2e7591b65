import { call } from "../../rest.ts";
import type { Build, TimelineRecord } from "../../rest-types.ts";

/** A run as its tabs show it. */
export type RunFacts = { readonly build: Build; readonly records: readonly TimelineRecord[] };

export async function loadRun(url: string): Promise<RunFacts> {
  const [build, timeline] = await Promise.all([
    call<Build>(url),
    // 204 while the run has not begun.
    call<{ records: readonly TimelineRecord[] } | "">(`${url}/timeline`),
  ]);
  return { build, records: timeline === "" ? [] : timeline.records };
}
