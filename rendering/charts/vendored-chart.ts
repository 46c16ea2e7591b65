import { readdirSync } from "node:fs";
import { posix } from "node:path";
import type { Delivery } from "../../core/delivery/delivery.ts";
import type { ChartReference } from "../../core/delivery/steps/helm.ts";
import { InputError } from "../../core/errors.ts";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import { commandLine } from "../processes/command-line.ts";
import { containedPath, fileText, isThere } from "../inputs/contained-files.ts";
import type { Root } from "../inputs/contained-files.ts";

type Wanted = { readonly name: string; /** Any when absent. */ readonly version?: string };

type Where = {
  readonly checkout: Root;
  readonly delivery: Pick<Delivery, "vendoredCharts">;
  readonly expand: (path: string) => string;
};

/**
 * Where a helm step's chart lies in the checkout: as named, or the vendored copy of what a registry
 * has. Nothing is fetched while rendering.
 * @throws InputError with the command that gets the copy.
 */
export function chartPath(chart: string | ChartReference, where: Where): string {
  if (typeof chart === "string") return chartFolder(where.expand(chart), where);
  const [found] = vendoredCharts(chart, where);
  if (found !== undefined) return found;
  const folder = where.expand(where.delivery.vendoredCharts);
  const message = `there is no copy of chart ${chart.name} ${chart.version} in ${folder}${otherCopies(chart.name, where)}, and nothing is fetched while rendering. Run \`${pullCommand(chart, folder)}\` and commit it, or let a step before do so`;
  throw new InputError([{ message }]);
}

// helm's own words name the place that the checkout has where it runs.
function chartFolder(chart: string, { checkout }: Where): string {
  const isChart = chart.endsWith(".tgz") || isThere(checkout, posix.join(chart, "Chart.yaml"));
  if (isChart || !isThere(checkout, chart)) return chart;
  throw new InputError([{ message: `${chart} is no chart: it has no Chart.yaml` }]);
}

/** The copies of a chart in the folder for them: `<name>-<version>.tgz`, or an unpacked folder. */
export function vendoredCharts(
  { name, version }: Wanted,
  { checkout, delivery, expand }: Where,
): readonly string[] {
  const folder = expand(delivery.vendoredCharts);
  if (!isThere(checkout, folder)) return [];
  const entries = readdirSync(containedPath(checkout, folder)).sort();
  const found: string[] = [];
  for (const entry of entries) {
    const path = posix.join(folder, entry);
    const is = packagedAs(checkout, path);
    if (is?.name === name && (version === undefined || isSameVersion(is.version, version))) {
      found.push(path);
    }
  }
  return found;
}

/** What to say of the copies that are there where the wanted version is not. */
export function otherCopies(name: string, where: Where): string {
  const there = vendoredCharts({ name }, where).map((path) => posix.basename(path));
  return there.length === 0 ? "" : ` (only ${there.join(", ")})`;
}

/** Name and version of a chart folder or packaged chart; undefined for what is neither. */
export function packagedAs(
  checkout: Root,
  path: string,
): { readonly name: string; readonly version: string } | undefined {
  // What `helm package` and `helm pull` write: the version begins at the first number after a hyphen.
  const packed = /(?:^|\/)([^/]+?)-(v?\d+\.\d[^/]*)\.tgz$/.exec(path);
  if (packed) return { name: packed[1] ?? "", version: packed[2] ?? "" };
  const file = posix.join(path, "Chart.yaml");
  if (path.endsWith(".tgz") || !isThere(checkout, file)) return undefined;
  const text = fileText(checkout, file);
  const chart = parseYaml(text, file).documents[0]?.value;
  if (!isRecord(chart) || typeof chart["name"] !== "string") return undefined;
  return { name: chart["name"], version: String(chart["version"]) };
}

/** The helm command that writes a copy of a chart into a folder. */
export function pullCommand({ name, version, from }: ChartReference, folder: string): string {
  const chart = from.startsWith("oci://") ? [from] : [name, "--repo", from];
  const exact = version === "" ? [] : ["--version", version];
  return commandLine("helm", ["pull", ...chart, ...exact, "--destination", folder]);
}

/** Whether two versions are the same but for a leading v. */
export function isSameVersion(a: string, b: string): boolean {
  return a.replace(/^v/, "") === b.replace(/^v/, "");
}

/** Whether a version is one, not a range of them. */
export function isExact(version: string): boolean {
  return /^v?\d+\.\d+\.\d+/.test(version);
}
