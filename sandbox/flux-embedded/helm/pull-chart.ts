// source-controller's part in charts of a repository: the version that fits, as it lies there. helm
// itself chooses it.
import { copyFile, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { isRecord } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { runTool } from "../toolkit/run-tool.ts";
import { SourceFailure } from "../toolkit/source-progress.ts";
import type { ChartMetadata } from "./package-chart.ts";

type PullOptions = {
  /** Of the repository. */
  readonly url: string;
  readonly chart: string;
  /** A range, `*` for the newest. */
  readonly version: string;
  /** Where the chart goes; undefined: it is there already. */
  readonly target: (chart: ChartMetadata) => string | undefined;
};

/** @throws SourceFailure */
export async function pullChart(
  { helm, signal }: Cluster,
  { url, chart, version, target }: PullOptions,
): Promise<ChartMetadata> {
  const folder = await mkdtemp(join(tmpdir(), "helmpull-"));
  try {
    const homes = ["CACHE", "CONFIG", "DATA"].map((home) => [`HELM_${home}_HOME`, folder] as const);
    const { code, stderr } = await runTool(
      helm,
      ["pull", chart, "--repo", url, "--version", version, "--destination", folder],
      { signal, env: Object.fromEntries(homes) },
    );
    if (code !== 0) throw pullFailure(stderr, { chart, version });
    const file = (await readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "";
    const { stdout } = await runTool("tar", ["-xzOf", join(folder, file), `${chart}/Chart.yaml`], {
      signal,
    });
    const one = { name: chart, version: versionIn(stdout.toString("utf8")) };
    const wanted = target(one);
    if (wanted === undefined) return one;
    await mkdir(dirname(wanted), { recursive: true });
    await copyFile(join(folder, file), wanted);
    return one;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function pullFailure(
  stderr: string,
  { chart, version }: { readonly chart: string; readonly version: string },
): SourceFailure {
  if (/not found in|no chart (version|name) found/.test(stderr)) {
    const what = `no '${chart}' chart with version matching '${version}' found`;
    const message = `invalid chart reference: failed to get chart version for remote reference: ${what}`;
    return new SourceFailure("InvalidChartReference", message);
  }
  const cause = stderr.replace(/^Error: /, "");
  const message = `chart pull error: failed to download chart for remote reference: ${cause}`;
  return new SourceFailure("ChartPullError", message);
}

function versionIn(text: string): string {
  const metadata: unknown = parse(text);
  const version = isRecord(metadata) ? metadata["version"] : undefined;
  if (typeof version === "string") return version;
  const message = "invalid chart reference: validation: chart.metadata.version is required";
  throw new SourceFailure("InvalidChartReference", message);
}
