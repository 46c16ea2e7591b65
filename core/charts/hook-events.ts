import { isRecord } from "../manifests/parse.ts";

/**
 * When Helm runs the object: `["pre-install", "test"]`; none where it is no hook. As Helm reads the
 * annotation (release/util/manifest_sorter.go): by commas, blanks and case do not count, and
 * `test-success` is the older name of `test`.
 */
export function hookEvents(object: unknown): readonly string[] {
  const metadata = isRecord(object) ? object["metadata"] : undefined;
  const annotations = isRecord(metadata) ? metadata["annotations"] : undefined;
  const hook = isRecord(annotations) ? annotations["helm.sh/hook"] : undefined;
  if (typeof hook !== "string") return [];
  const events = hook.split(",").map((event) => event.trim().toLowerCase());
  return events.map((event) => (event === "test-success" ? "test" : event));
}

/** Helm's own `--skip-tests` also leaves out what it would run at other times. */
export function isTestOnly(events: readonly string[]): boolean {
  return events.length > 0 && events.every((event) => event === "test");
}
