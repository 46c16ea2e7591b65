// Which charts source-controller packs into a chart of a source (its DependencyManager).
import { cp, readdir, readFile, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { parse } from "yaml";
import { isRecord } from "../api/kube-object.ts";
import { SourceFailure } from "../toolkit/source-progress.ts";

type Dependency = {
  readonly name: string;
  readonly version: string;
  readonly repository: string;
  readonly alias: string;
};
type Place = {
  /** All that lies in the source. */
  readonly source: string;
  /** Of the chart, from there. */
  readonly path: string;
};

/**
 * Packs what lies in the same source and is not in the chart's own `charts`. Its lock file says
 * which; where as many lie there as are asked for, nothing is looked at. What stands in repositories
 * is not fetched here. @throws SourceFailure
 */
export async function addLocalDependencies({ source, path }: Place): Promise<void> {
  const folder = join(source, path);
  const [asked, there] = [await wantedIn(folder), await packedIn(folder)];
  if (asked.length === there.length) return;
  for (const one of asked) {
    const name = one.alias || one.name;
    const isLocal = one.repository === "" || one.repository.startsWith("file://");
    if (!isLocal || there.includes(name)) continue;
    await addOne(one, { source, path, name });
  }
}

async function addOne(
  { name, version, repository }: Dependency,
  at: Place & { readonly name: string },
): Promise<void> {
  const failed = (cause: string) =>
    new SourceFailure(
      "DependencyBuildError",
      `dependency build error: failed to add local dependency '${at.name}': ${cause}`,
    );
  const below = repository === "" ? `charts/${name}` : repository.slice("file://".length);
  // Never outside of the source.
  const place = posix.join("/", at.path, below);
  const from = join(at.source, place);
  const found = await stat(from).catch(() => undefined);
  if (!found) throw failed(`no chart found at '${place}' (reference '${repository}')`);
  const chart: unknown = parse(await textOf(join(from, "Chart.yaml")));
  const own: unknown = isRecord(chart) ? chart["version"] : undefined;
  // Ranges are not looked at here.
  if (/^v?\d+\.\d+\.\d+\S*$/.test(version) && own !== version) {
    throw failed(`can't get a valid version for constraint '${version}'`);
  }
  await cp(from, join(at.source, at.path, "charts", at.name), { recursive: true });
}

async function wantedIn(folder: string): Promise<readonly Dependency[]> {
  for (const file of ["Chart.lock", "requirements.lock", "requirements.yaml", "Chart.yaml"]) {
    const read: unknown = parse(await textOf(join(folder, file)));
    const list: unknown = isRecord(read) ? read["dependencies"] : undefined;
    // A lock counts even where it names nothing.
    if (!isRecord(read) || (!Array.isArray(list) && !file.endsWith(".lock"))) continue;
    return (Array.isArray(list) ? (list as unknown[]) : []).filter(isRecord).map(dependency);
  }
  return [];
}

function dependency(entry: Readonly<Record<string, unknown>>): Dependency {
  const text = (key: string) => {
    const value = entry[key];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  const [name, version] = [text("name"), text("version")];
  return { name, version, repository: text("repository"), alias: text("alias") };
}

/** Names of the charts in a chart's own folder for them; of an archive by its file's name. */
async function packedIn(folder: string): Promise<readonly string[]> {
  const charts = join(folder, "charts");
  const entries = await readdir(charts, { withFileTypes: true }).catch(() => []);
  const names = await Promise.all(
    entries.map(async (one) => {
      if (one.isFile()) return /^(.+)-v?\d+\.\d+\.\d+.*\.tgz$/.exec(one.name)?.[1];
      const read: unknown = parse(await textOf(join(charts, one.name, "Chart.yaml")));
      const name: unknown = isRecord(read) ? read["name"] : undefined;
      return typeof name === "string" ? name : undefined;
    }),
  );
  return names.filter((name) => name !== undefined);
}

function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
