import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { causeText, InputError } from "../../core/errors.ts";
import { chartDependencies } from "./chart-dependencies.ts";
import type { ChartSources, Placement } from "./chart-dependencies.ts";
import { unpackChart } from "./chart-archive.ts";
import { containedPath, filesUnder, isThere } from "../inputs/contained-files.ts";
import type { KustomizationChart } from "../kustomize/kustomization-charts.ts";
import {
  isExact,
  isSameVersion,
  otherCopies,
  packagedAs,
  pullCommand,
  vendoredCharts,
} from "./vendored-chart.ts";
import type { WorkingCopy } from "../inputs/working-copy.ts";

/** What lets kustomize find a chart: files that are there, and files to be put there. */
export type PlacedChart = {
  /** Of the checkout, read where they lie or from where they are placed. */
  readonly files: readonly string[];
  readonly placements: readonly Placement[];
  /** A packaged chart to be unpacked: kustomize takes only folders. */
  readonly archive?: Placement & { readonly name: string };
};

/**
 * Finds the chart of a kustomization: where kustomize looks, else the vendored copy of that
 * version. Nothing is fetched.
 * @throws InputError with the command that gets a missing one.
 */
export function placedChart(
  chart: KustomizationChart,
  { folder, sources }: { readonly folder: string; readonly sources: ChartSources },
): PlacedChart {
  const { checkout } = sources;
  const place = posix.join(folder, chart.path);
  // Both become parts of a path.
  if (!/^\w[\w.-]*$/.test(chart.name) || /[/\\]/.test(chart.version)) {
    throw refused(
      `"${chart.name}" of version "${chart.version}" cannot be a chart's name and version`,
    );
  }
  if (place.startsWith("../")) throw refused(`chart ${chart.name} leads out of the checkout`);
  if (isThere(checkout, place)) {
    demandVersion(chart, { place, sources });
    const dependencies = chartDependencies(place, sources);
    const files = [...filesUnder(checkout, place), ...dependencies.map(({ from }) => from)];
    return { files, placements: dependencies };
  }
  const copy = vendoredCopy(chart, { place, sources });
  if (copy.endsWith(".tgz")) {
    const archive = { name: chart.name, from: copy, to: posix.dirname(place) };
    return { files: [copy], placements: [], archive };
  }
  const own = filesUnder(checkout, copy).map((from) => ({
    from,
    to: posix.join(place, posix.relative(copy, from)),
  }));
  const placements = [...own, ...chartDependencies(copy, sources, place)];
  return { files: placements.map(({ from }) => from), placements };
}

/** Puts it there; returns the files that were put. */
export async function placeChart(
  { placements, archive }: PlacedChart,
  { checkout, copy }: { readonly checkout: ChartSources["checkout"]; readonly copy: WorkingCopy },
): Promise<readonly string[]> {
  for (const { from, to } of placements) copy.place(from, to);
  const placed = placements.map(({ to }) => to);
  if (archive === undefined) return placed;
  for (const [path, bytes] of await readFilesOf(archive, checkout)) {
    const to = posix.join(archive.to, path);
    copy.write(to, bytes);
    placed.push(to);
  }
  return placed;
}

async function readFilesOf(
  { name, from }: NonNullable<PlacedChart["archive"]>,
  checkout: ChartSources["checkout"],
) {
  try {
    const files = await unpackChart(readFileSync(containedPath(checkout, from)));
    if (!files.has(`${name}/Chart.yaml`)) throw new Error(`it holds no ${name}/Chart.yaml`);
    return files;
  } catch (cause) {
    const message = `this packaged chart cannot be unpacked: ${causeText(cause)}`;
    throw new InputError([{ file: from, message }], { cause });
  }
}

type At = { readonly place: string; readonly sources: ChartSources };

// kustomize takes what lies there, whatever version it is.
function demandVersion(chart: KustomizationChart, { place, sources }: At): void {
  const { version } = packagedAs(sources.checkout, place) ?? {};
  if (version === undefined || !isExact(chart.version)) return;
  if (isSameVersion(version, chart.version)) return;
  throw refused(`chart ${chart.name} in ${place} is version ${version}, not ${chart.version}`);
}

function vendoredCopy(chart: KustomizationChart, { place, sources }: At): string {
  const { name, version, from } = chart;
  const exact = isExact(version) ? { version } : {};
  const [found, another] = vendoredCharts({ name, ...exact }, sources);
  if (found !== undefined && another === undefined) return found;
  const folder = sources.expand(sources.delivery.vendoredCharts);
  const called = version === "" ? name : `${name} ${version}`;
  if (another !== undefined) {
    throw refused(
      `chart ${called} has several copies in ${folder}: ${found ?? ""} and ${another}. Name its exact version`,
    );
  }
  const todo =
    from === ""
      ? "Put it there, or name its repo and version"
      : `Run \`${pullCommand(chart, folder)}\` and commit it`;
  throw refused(
    `chart ${called} is neither in ${place} nor in ${folder}${otherCopies(name, sources)}, and nothing is fetched while rendering. ${todo}`,
  );
}

function refused(message: string): InputError {
  return new InputError([{ message }]);
}
