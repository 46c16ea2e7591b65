import { readdirSync } from "node:fs";
import { posix } from "node:path";
import type { Delivery } from "../../core/delivery/delivery.ts";
import { InputError } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import { containedPath, filesUnder, fileText, isThere, once } from "../inputs/contained-files.ts";
import type { Root } from "../inputs/contained-files.ts";
import { isExact, otherCopies, packagedAs, pullCommand, vendoredCharts } from "./vendored-chart.ts";

/** A file of the checkout that a chart needs at another place of the working copy. */
export type Placement = { readonly from: string; readonly to: string };

/** Where charts lie. */
export type ChartSources = {
  readonly checkout: Root;
  readonly delivery: Pick<Delivery, "vendoredCharts">;
  readonly expand: (path: string) => string;
};

type Dependency = { readonly name: string; readonly version: string; readonly from: string };

/**
 * What `helm dependency build` would put into the `charts` folder of a chart folder, without a
 * network: charts of the repository (`file://`) and vendored copies of those from elsewhere, at
 * the versions that Chart.lock names. What lies there already stays.
 * @throws InputError with every chart that is nowhere, and the command that gets it.
 */
export function chartDependencies(
  chart: string,
  where: ChartSources,
  /** Where the chart lies in the working copy. */
  target = chart,
): readonly Placement[] {
  const vendored = where.expand(where.delivery.vendoredCharts);
  const question = `dependencies of ${chart} at ${target} with ${vendored}`;
  return once(where.checkout, question, () => findDependencies(chart, { where, target }));
}

function findDependencies(
  chart: string,
  { where, target }: { readonly where: ChartSources; readonly target: string },
): readonly Placement[] {
  const { checkout, delivery, expand } = where;
  const placements = new Map<string, string>();
  const problems: Problem[] = [];
  visit(chart, target, []);
  if (problems.length > 0) throw new InputError(problems);
  return [...placements].map(([to, from]) => ({ from, to }));

  function visit(source: string, target: string, above: readonly string[]): void {
    const file = posix.join(source, "Chart.yaml");
    if (!isThere(checkout, file) || above.includes(source)) return;
    const charts = posix.join(source, "charts");
    const present = new Set<string>();
    for (const entry of entriesOf(checkout, charts)) {
      const path = posix.join(charts, entry);
      const is = packagedAs(checkout, path);
      if (is === undefined) continue;
      present.add(is.name);
      if (!path.endsWith(".tgz")) {
        visit(path, posix.join(target, "charts", entry), [...above, source]);
      }
    }
    for (const dependency of dependenciesOf(checkout, source)) {
      if (present.has(dependency.name)) continue;
      const found = sourceOf(dependency, { source, file });
      if (found !== undefined) place(found, { target, above: [...above, source] });
    }
  }

  function place(
    found: string,
    { target, above }: { readonly target: string; readonly above: readonly string[] },
  ): void {
    const name = posix.basename(found);
    const to = posix.join(target, "charts", name);
    if (found.endsWith(".tgz")) {
      placements.set(to, found);
      return;
    }
    for (const each of filesUnder(checkout, found)) {
      placements.set(posix.join(to, posix.relative(found, each)), each);
    }
    visit(found, to, above);
  }

  function sourceOf(
    { name, version, from }: Dependency,
    { source, file }: { readonly source: string; readonly file: string },
  ): string | undefined {
    if (from.startsWith("file://")) return posix.join(source, from.slice("file://".length));
    const exact = isExact(version) ? { version } : {};
    const [found, another] = vendoredCharts({ name, ...exact }, where);
    if (found !== undefined && another === undefined) return found;
    const folder = expand(delivery.vendoredCharts);
    const reference = { name, version, from: from.startsWith("oci://") ? `${from}/${name}` : from };
    const message =
      another === undefined
        ? `dependency ${name} ${version} is neither in ${posix.join(source, "charts")} nor in ${folder}${otherCopies(name, where)}, and nothing is fetched while rendering. Run \`${pullCommand(reference, folder)}\``
        : `dependency ${name} ${version} has several copies in ${folder}: ${found ?? ""} and ${another}. Commit the chart's Chart.lock, which names one`;
    problems.push({ file, message });
    return undefined;
  }
}

function entriesOf(checkout: Root, folder: string): readonly string[] {
  if (!isThere(checkout, folder)) return [];
  return readdirSync(containedPath(checkout, folder)).sort();
}

// Chart.lock holds the exact versions; charts of apiVersion v1 keep the list in a file of its own.
function dependenciesOf(checkout: Root, folder: string): readonly Dependency[] {
  const read = (name: string) => {
    const file = posix.join(folder, name);
    if (!isThere(checkout, file)) return [];
    const text = fileText(checkout, file);
    const value = parseYaml(text, file).documents[0]?.value;
    const list: unknown = isRecord(value) ? value["dependencies"] : undefined;
    return (Array.isArray(list) ? list.filter(isRecord) : []).map(dependencyIn);
  };
  const declared = [...read("Chart.yaml"), ...read("requirements.yaml")];
  const locked = [...read("Chart.lock"), ...read("requirements.lock")];
  return declared.map((each) => {
    const lock = locked.find(({ name, from }) => name === each.name && from === each.from);
    return { ...each, version: lock?.version ?? each.version };
  });
}

function dependencyIn(entry: Readonly<Record<string, unknown>>): Dependency {
  const text = (key: string) => {
    const value = entry[key];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  return {
    name: text("name"),
    version: text("version"),
    from: text("repository").replace(/\/+$/, ""),
  };
}
