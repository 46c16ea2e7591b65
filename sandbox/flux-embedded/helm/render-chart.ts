// Helm itself renders: `helm template` of the unpacked chart.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { isRecord, type KubeObject } from "../api/kube-object.ts";
import type { Cluster } from "../cluster.ts";
import { runTool } from "../toolkit/run-tool.ts";
import type { ReleaseName } from "./helm-release-spec.ts";
import type { LoadedChart } from "./load-chart.ts";
import type { Values } from "./release-values.ts";

export type Rendered = {
  /** In the order that Helm installs them. */
  readonly objects: readonly KubeObject[];
  readonly hooks: readonly KubeObject[];
  /** Of the chart's folder `crds`: made at the installation, then left alone. */
  readonly definitions: readonly KubeObject[];
};

export class RenderFailure extends Error {}

/** @throws RenderFailure */
export async function renderChart(
  cluster: Cluster,
  chart: LoadedChart,
  options: { readonly release: ReleaseName; readonly values: Values; readonly isUpgrade: boolean },
): Promise<Rendered> {
  const { release, values, isUpgrade } = options;
  const scratch = await mkdtemp(join(tmpdir(), "helm-values-"));
  try {
    const file = join(scratch, "values.json");
    await writeFile(file, JSON.stringify(values));
    const { code, stdout, stderr } = await runTool(
      cluster.helm,
      [
        ...["template", release.name, chart.directory, "--namespace", release.namespace],
        ...["--values", file, "--kube-version", "v1.36.3"],
        ...(isUpgrade ? ["--is-upgrade"] : ["--include-crds"]),
      ],
      { signal: cluster.signal, env: { HOME: scratch } },
    );
    if (code !== 0) throw new RenderFailure(causeOf(stderr));
    return sortOut(stdout.toString("utf8"));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

export function hookEvents({ metadata }: KubeObject): readonly string[] {
  const events = metadata.annotations?.["helm.sh/hook"] ?? "";
  return events
    .split(",")
    .map((event) => event.trim())
    .filter(Boolean);
}

function causeOf(stderr: string): string {
  const [line = ""] = stderr.split("\n").filter((one) => !one.startsWith("level="));
  return line.replace(/^Error: /, "");
}

function sortOut(text: string): Rendered {
  const [objects, hooks, definitions]: KubeObject[][] = [[], [], []];
  for (const document of parseAllDocuments(text, { version: "1.1" })) {
    const object = document.toJS({ maxAliasCount: 100 }) as unknown;
    if (!isManifest(object)) continue;
    const comment = `${document.commentBefore ?? ""}\n${document.contents?.commentBefore ?? ""}`;
    if (hookEvents(object).length > 0) hooks?.push(object);
    else if (/Source: \S+\/crds\//.test(comment)) definitions?.push(object);
    else objects?.push(object);
  }
  return { objects: objects ?? [], hooks: hooks ?? [], definitions: definitions ?? [] };
}

function isManifest(value: unknown): value is KubeObject {
  return isRecord(value) && isRecord(value["metadata"]) && typeof value["kind"] === "string";
}
