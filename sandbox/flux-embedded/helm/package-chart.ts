// source-controller's part in charts: find the chart in a source's artifact and pack it.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, posix, relative, resolve, sep } from "node:path";
import { tmpdir } from "node:os";
import { parse, stringify } from "yaml";
import { isRecord } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { unpackArtifact } from "../toolkit/git-source.ts";
import { runTool } from "../toolkit/run-tool.ts";
import { SourceFailure } from "../toolkit/source-progress.ts";
import { addLocalDependencies } from "./local-dependencies.ts";
import { mergeValues, readValues, type Values } from "./release-values.ts";

export type ChartMetadata = {
  readonly name: string;
  readonly version: string;
  readonly appVersion?: string;
};

type PackOptions = {
  /** Artifact of the source. */
  readonly archive: string;
  /** Folder of the chart in it. */
  readonly path: string;
  /** Behind a `+` in the version. */
  readonly metadata: string | undefined;
  readonly valuesFiles: readonly string[];
  /** Where the packed chart goes; undefined: it is there already. */
  readonly target: (chart: ChartMetadata) => string | undefined;
};

/** Packs the chart unless `target` says that it is there. @throws SourceFailure */
export async function packageChart(cluster: Cluster, options: PackOptions): Promise<ChartMetadata> {
  const root = await mkdtemp(join(tmpdir(), "helmchart-"));
  try {
    const source = join(root, "source");
    await unpackArtifact(options.archive, { directory: source, signal: cluster.signal });
    const folder = resolve(source, `./${options.path}`);
    if (folder !== source && !folder.startsWith(source + sep)) {
      throw new SourceFailure(
        "InvalidChartReference",
        "invalid chart reference: not in the source",
      );
    }
    const found = await readMetadata(folder);
    const version = found.version + (options.metadata ? `+${options.metadata}` : "");
    const chart = { ...found, version };
    const file = options.target(chart);
    if (file === undefined) return chart;
    if (options.valuesFiles.length > 0) await writeValues(source, folder, options.valuesFiles);
    if (options.metadata) await writeVersion(folder, version);
    await addLocalDependencies({ source, path: relative(source, folder) });
    await mkdir(dirname(file), { recursive: true });
    const { signal } = cluster;
    const rename = `s,^\\.,${chart.name},`;
    await runTool("tar", ["-czf", file, "--transform", rename, "-C", folder, "."], { signal });
    return chart;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** What Chart.yaml says of a chart. @throws SourceFailure */
export async function readMetadata(folder: string): Promise<ChartMetadata> {
  const invalid = (cause: string) =>
    new SourceFailure("InvalidChartReference", `invalid chart reference: ${cause}`);
  const text = await readFile(join(folder, "Chart.yaml"), "utf8").catch(() => undefined);
  if (text === undefined) throw invalid(`stat ${folder}: no such file or directory`);
  const chart: unknown = parse(text);
  if (!isRecord(chart)) throw invalid("Chart.yaml is no object");
  const { name, version, appVersion } = chart;
  if (typeof name !== "string" || typeof version !== "string") {
    throw invalid("validation: chart.metadata.name and version are required");
  }
  const isText = typeof appVersion === "string" || typeof appVersion === "number";
  return { name, version, ...(isText ? { appVersion: `${appVersion}` } : {}) };
}

async function writeVersion(folder: string, version: string): Promise<void> {
  const file = join(folder, "Chart.yaml");
  const chart = parse(await readFile(file, "utf8")) as Record<string, unknown>;
  await writeFile(file, stringify({ ...chart, version }));
}

function readValuesFile(text: string, name: string): Values {
  try {
    return readValues(text, "map[string]interface {}");
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw mergeFailure(`unmarshaling values from '${name}' failed: ${cause}`);
  }
}

function mergeFailure(cause: string): SourceFailure {
  return new SourceFailure("ValuesFilesError", `values files merge error: ${cause}`);
}

// Later files win; they are named from the root of the source.
async function writeValues(
  source: string,
  folder: string,
  files: readonly string[],
): Promise<void> {
  let values: Values = {};
  for (const name of files) {
    // Never outside of the source.
    const path = posix.join("/", name);
    const text = await readFile(join(source, path), "utf8").catch(() => undefined);
    if (text === undefined) {
      throw mergeFailure(`no values file found at path '${path}' (reference '${name}')`);
    }
    values = mergeValues(values, readValuesFile(text, name));
  }
  await writeFile(join(folder, "values.yaml"), stringify(values));
}
