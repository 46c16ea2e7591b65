// The files of a chart that tell which values it names, packed ones as if they lay in a folder.
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { containedPath, filesUnder, fileText, once } from "../inputs/contained-files.ts";
import { unpackChart } from "./chart-archive.ts";
import { chartDependencies, type ChartSources } from "./chart-dependencies.ts";

export type ChartFile = {
  /** Where a person finds it; of a packed one `api-1.0.0.tgz/values.yaml`. */
  readonly file: string;
  readonly text: () => string;
};

/** By the path that it has for helm, below the chart's own. */
export type ChartFiles = ReadonlyMap<string, ChartFile>;

const told = /(?:^|\/)(?:Chart\.yaml|values\.yaml|templates\/.+\.(?:tpl|ya?ml))$/;
/** Charts that are packed in packed ones. */
export const deepestPacked = 5;

/** A chart's files, those of its dependencies among them. What cannot be read says nothing. */
export function readChartFiles(chart: string, sources: ChartSources): Promise<ChartFiles> {
  const question = `chart files of ${chart}`;
  return once(sources.checkout, question, () => readChart(chart, sources));
}

async function readChart(chart: string, sources: ChartSources): Promise<ChartFiles> {
  const { checkout } = sources;
  const found = new Map<string, ChartFile>();
  const bytesOf = (file: string) => readFileSync(containedPath(checkout, file));
  if (chart.endsWith(".tgz")) {
    await addPacked(found, { archive: bytesOf(chart), root: chart, file: chart, depth: 1 });
    return found;
  }
  const own = filesUnder(checkout, chart).map((file) => ({ from: file, to: file }));
  for (const { from, to } of [...own, ...chartDependencies(chart, sources)]) {
    if (told.test(to)) found.set(to, { file: from, text: () => fileText(checkout, from) });
    if (!isPackedChart(to)) continue;
    await addPacked(found, {
      archive: bytesOf(from),
      under: posix.dirname(to),
      file: from,
      depth: 1,
    });
  }
  return found;
}

export function isPackedChart(path: string): boolean {
  return /(?:^|\/)charts\/[^/]+\.tgz$/.test(path);
}

type Packed = {
  readonly archive: Uint8Array;
  /** The chart's own path, or the folder in which it has the one that its archive names. */
  readonly root?: string;
  readonly under?: string;
  readonly file: string;
  readonly depth: number;
};

async function addPacked(found: Map<string, ChartFile>, packed: Packed): Promise<void> {
  const { archive, root, under = "", file, depth } = packed;
  // helm says what is wrong with it.
  const files = await unpackChart(archive).catch(() => new Map<string, Uint8Array>());
  for (const [path, bytes] of files) {
    const [name = "", ...rest] = path.split("/");
    const at = posix.join(root ?? posix.join(under, name), ...rest);
    const place = posix.join(file, ...rest);
    if (told.test(at)) found.set(at, { file: place, text: () => Buffer.from(bytes).toString() });
    if (!isPackedChart(at) || depth >= deepestPacked) continue;
    const inner = { archive: bytes, under: posix.dirname(at), depth: depth + 1 };
    await addPacked(found, { ...inner, file: place });
  }
}
