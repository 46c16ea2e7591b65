// What templates look up in the cluster: helm finds nothing of it here, and takes other ways by it.
import { posix } from "node:path";
import { unpackChart } from "../charts/chart-archive.ts";
import { askingTemplates, lookingUp } from "../charts/asking-templates.ts";
import { deepestPacked, isPackedChart } from "../charts/chart-files.ts";
import type { ChartFiles } from "./find-chart.ts";

/** `what templates/secret.yaml looks up in it`, of the same chart on both sides; none where none does. */
export async function readAskedOfCluster(
  sides: readonly (ChartFiles | undefined)[],
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const files of sides) {
    for (const path of askingTemplates(files === undefined ? [] : await templatesIn(files))) {
      found.add(path);
    }
  }
  const said = lookingUp([...found].sort());
  return said === undefined ? [] : [`what ${said} in it`];
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

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
