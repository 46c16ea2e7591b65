import { canonical } from "../diff/values.ts";
import { isRecord, parseYaml } from "../manifests/parse.ts";
import type { ChangedFile } from "./gate-input.ts";

/** Is it what a Helm chart says of itself? */
export function isChartFile(path: string): boolean {
  return /(^|\/)Chart\.yaml$/.test(path);
}

/** What a Chart.yaml says that was there before; undefined for another name or version, or none. */
export function chartSince(before: string, after: string): ChangedFile["chart"] {
  const [was, is] = [metadataOf(before), metadataOf(after)];
  if (was === undefined || is === undefined) return undefined;
  if (canonical(was) === canonical(is)) return "same";
  return was["name"] === is["name"] && was["version"] === is["version"]
    ? "same-version"
    : undefined;
}

function metadataOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const [first] = parseYaml(text, "Chart.yaml").documents;
  return isRecord(first?.value) ? first.value : undefined;
}
