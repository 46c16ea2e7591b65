// What templates look up in the cluster: helm finds nothing of it here, and takes other ways by it.
import { posix } from "node:path";
import { unpackChart } from "../charts/chart-archive.ts";
import { deepestPacked, isPackedChart } from "../charts/chart-files.ts";
import { asksCluster, helpersOf } from "../charts/template-names.ts";
import type { ChartFiles } from "./find-chart.ts";

const mostNamed = 3;

/** `what templates/secret.yaml looks up in it`, of the same chart on both sides; none where none does. */
export async function readAskedOfCluster(
  sides: readonly (ChartFiles | undefined)[],
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const files of sides) for (const path of await askingTemplates(files)) found.add(path);
  const named = [...found].sort().slice(0, mostNamed);
  if (named.length === 0) return [];
  const more = found.size > named.length ? ` and ${found.size - named.length} more` : "";
  const verb = found.size === 1 ? "looks" : "look";
  return [`what ${named.join(", ")}${more} ${verb} up in it`];
}

async function askingTemplates(files: ChartFiles | undefined): Promise<readonly string[]> {
  if (files === undefined) return [];
  const templates = await templatesIn(files);
  // Most charts have none, and most that have one need no more than this.
  if (!templates.some(([, text]) => text.includes("lookup"))) return [];
  const helpers = helpersOf(templates.map(([, text]) => text));
  return templates.flatMap(([path, text]) =>
    !isPartial(path) && asksCluster(text, helpers) ? [path] : [],
  );
}

/** The templates of a chart by their paths, those of the charts that are packed in it among them. */
async function templatesIn(
  files: ChartFiles,
  depth = 0,
): Promise<readonly (readonly [path: string, text: string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const [path, bytes] of files) {
    if (isTemplate(path)) found.push([path, textOf(bytes)]);
    if (!isPackedChart(path) || depth >= deepestPacked) continue;
    // One that cannot be read is helm's to refuse.
    const unpacked = await unpackChart(bytes).catch(() => new Map<string, Uint8Array>());
    const inner = [...unpacked].map(
      ([name, content]) => [posix.join(posix.dirname(path), name), content] as const,
    );
    found.push(...(await templatesIn(new Map(inner), depth + 1)));
  }
  return found;
}

function isTemplate(path: string): boolean {
  return /^(?:charts\/[^/]+\/)*templates\//.test(path);
}

// Helm renders none of these for itself.
function isPartial(path: string): boolean {
  return /(^|\/)_[^/]*$/.test(path) || /\/NOTES\.txt$/.test(path);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
