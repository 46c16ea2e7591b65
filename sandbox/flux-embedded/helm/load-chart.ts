import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Cluster } from "../cluster.ts";
import { unpackArtifact } from "../toolkit/git-source.ts";
import { artifactFile, type Artifact } from "../toolkit/source-progress.ts";
import { readMetadata, type ChartMetadata } from "./package-chart.ts";

/** A chart as it lies unpacked, ready for Helm. */
export type LoadedChart = ChartMetadata & { readonly directory: string };

/** Unpacks a packed chart once; undefined when its archive is not there any more. */
export async function loadChart(
  cluster: Cluster,
  artifact: Artifact,
): Promise<LoadedChart | undefined> {
  const root = join(cluster.directory, "charts", artifact.digest.replace(":", "-"));
  const found = await readdir(root).catch(() => []);
  if (found.length === 0) {
    const { signal } = cluster;
    const file = artifactFile(cluster, artifact);
    if (!(await unpackArtifact(file, { directory: root, signal }))) return undefined;
  }
  // An archive of a chart holds one folder with the chart's name.
  const [name = ""] = await readdir(root);
  const directory = join(root, name);
  return { ...(await readMetadata(directory)), directory };
}
