// source-controller's part in charts: find the chart in a source's artifact and pack it.
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { tmpdir } from "node:os";
import { parse, stringify } from "yaml";
import { isRecord } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { unpackArtifact } from "../toolkit/git-source.ts";
import { runTool } from "../toolkit/run-tool.ts";
import { SourceFailure } from "../toolkit/source-progress.ts";
import { mergeValues, type Values } from "./release-values.ts";

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
    await addLocalDependencies(source, folder);
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

// Charts of the source by `file://`, unless they lie in the chart's own folder; theirs are not looked for.
async function addLocalDependencies(source: string, folder: string): Promise<void> {
  const chart: unknown = parse(await readFile(join(folder, "Chart.yaml"), "utf8"));
  const list: unknown = isRecord(chart) ? chart["dependencies"] : undefined;
  for (const entry of Array.isArray(list) ? (list as unknown[]).filter(isRecord) : []) {
    const { name, repository } = entry;
    if (typeof name !== "string" || typeof repository !== "string") continue;
    const target = resolve(folder, "charts", name);
    if (!repository.startsWith("file://") || !target.startsWith(folder + sep)) continue;
    if ((await stat(target).catch(() => undefined)) !== undefined) continue;
    const from = resolve(folder, `./${repository.slice("file://".length)}`);
    const isThere = from.startsWith(source + sep) && (await stat(from).catch(() => undefined));
    if (!isThere) {
      const at = `no chart found at '${from.slice(source.length)}' (reference '${repository}')`;
      const cause = `failed to add local dependency '${name}': ${at}`;
      throw new SourceFailure("DependencyBuildError", `dependency build error: ${cause}`);
    }
    await cp(from, target, { recursive: true });
  }
}

async function writeVersion(folder: string, version: string): Promise<void> {
  const file = join(folder, "Chart.yaml");
  const chart = parse(await readFile(file, "utf8")) as Record<string, unknown>;
  await writeFile(file, stringify({ ...chart, version }));
}

// Later files win; they are named from the root of the source.
async function writeValues(
  source: string,
  folder: string,
  files: readonly string[],
): Promise<void> {
  let values: Values = {};
  for (const name of files) {
    const text = await readFile(resolve(source, `./${name}`), "utf8").catch(() => undefined);
    if (text === undefined) {
      const message = `values files merge error: no values file found at path '${name}'`;
      throw new SourceFailure("ValuesFilesError", message);
    }
    values = mergeValues(values, (parse(text, { version: "1.1" }) ?? {}) as Values);
  }
  await writeFile(join(folder, "values.yaml"), stringify(values));
}
