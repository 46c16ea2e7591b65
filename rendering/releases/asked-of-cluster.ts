// What templates look up in the cluster: helm finds nothing of it here, and takes other ways by it.
import { unpackChart } from "../charts/chart-archive.ts";
import { asksCluster, helpersOf } from "../charts/template-names.ts";
import type { ChartFiles } from "./find-chart.ts";

const mostNamed = 3;

/** `what templates/secret.yaml looks up in it`, of the same chart on both sides; none where none does. */
export async function askedOfCluster(
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
  const templates = (await withArchives(files)).filter(([path]) => isTemplate(path));
  // Most charts have none, and most that have one need no more than this.
  if (!templates.some(([, text]) => text.includes("lookup"))) return [];
  const helpers = helpersOf(templates.map(([, text]) => text));
  return templates.flatMap(([path, text]) =>
    !isPartial(path) && asksCluster(text, helpers) ? [path] : [],
  );
}

async function withArchives(files: ChartFiles): Promise<readonly (readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const [path, bytes] of files) {
    if (!/^charts\/[^/]+\.tgz$/.test(path)) {
      found.push([path, textOf(bytes)]);
      continue;
    }
    // One that cannot be read is helm's to refuse.
    const unpacked = await unpackChart(bytes).catch(() => new Map<string, Uint8Array>());
    for (const [inner, content] of unpacked) found.push([`charts/${inner}`, textOf(content)]);
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
