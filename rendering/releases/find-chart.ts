import { posix } from "node:path";
import type { ChartOrigin } from "../../core/charts/chart-origin.ts";
import { mappings } from "../../core/diff/pod-spec.ts";
import { textOf } from "../../core/diff/values.ts";
import { resolved } from "../../core/diff/tree/paths.ts";
import { isRecord, parseYaml } from "../../core/manifests/parse.ts";
import { unpackChart } from "../charts/chart-archive.ts";
import { isExact, isSameVersion } from "../charts/vendored-chart.ts";
import type { ChartAddress, PullChart } from "./pull-chart.ts";
import { readBytesBelow, type SideBytes } from "../../core/charts/side-bytes.ts";

/** The files of a chart by their paths in its folder, dependencies among them. */
export type ChartFiles = ReadonlyMap<string, Uint8Array>;

export type Where = {
  readonly side: SideBytes;
  /** Absent where nothing may be fetched. */
  readonly pull?: PullChart | undefined;
  /** Told each folder of the repository that the chart is made of. */
  readonly onFolder?: (path: string) => void;
};

/** Finds a chart: in its folder, as a vendored copy, or in its repository. @throws Error in words. */
export function findChart(
  origin: Exclude<ChartOrigin, { readonly kind: "unknown" }>,
  where: Where,
): Promise<ChartFiles> {
  if (origin.kind === "folder") return readFolderChart(origin.path, where);
  const { url, chart, version } = origin;
  return readPackagedChart({ url, chart, version }, where);
}

// As source-controller packs it: dependencies of what lies in a folder beside it nobody looks for
// (dependency_manager.go, `addLocalDependency`), and Helm renders the chart without them.
async function readFolderChart(path: string, where: Where): Promise<ChartFiles> {
  const files = new Map(await readFolder(path, where));
  const there = [...files.keys()];
  for (const { name, repository, version } of dependenciesIn(files)) {
    const has = there.some((file) => {
      const entry = /^charts\/([^/]+)/.exec(file)?.[1] ?? "";
      return entry === name || packagedName(entry)?.name === name;
    });
    if (has) continue;
    const own = repository.startsWith("file://") ? repository.slice("file://".length) : undefined;
    const folder = own === undefined ? undefined : resolved(path, own);
    if (own !== undefined && folder === undefined) {
      throw new Error(`dependency ${name} lies outside (${repository})`);
    }
    const isOci = repository.startsWith("oci://");
    const address = isOci
      ? { url: `${repository}/${name}`, chart: "", version }
      : { url: repository, chart: name, version };
    const inner =
      folder === undefined
        ? await readPackagedChart(address, where)
        : await readFolder(folder, where);
    for (const [file, bytes] of inner) files.set(`charts/${name}/${file}`, bytes);
  }
  return files;
}

function readFolder(path: string, { side, onFolder }: Where): Promise<ChartFiles> {
  onFolder?.(path);
  return readBytesBelow(side, path);
}

async function readPackagedChart(address: ChartAddress, where: Where): Promise<ChartFiles> {
  const archive = await readArchiveOf(address, where);
  if (!(archive instanceof Uint8Array)) return archive;
  const unpacked = await unpackChart(archive);
  return new Map([...unpacked].map(([path, bytes]) => [path.slice(path.indexOf("/") + 1), bytes]));
}

async function readArchiveOf(
  address: ChartAddress,
  { side, pull }: Where,
): Promise<Uint8Array | ChartFiles> {
  const { chart, url, version } = address;
  const name = chart === "" ? posix.basename(url) : chart;
  for (const path of isExact(version) ? side.ids.keys() : []) {
    const is = packagedName(posix.basename(path));
    if (is?.name === name && isSameVersion(is.version, version)) {
      const bytes = (await side.read([path])).get(path);
      if (bytes !== undefined) return bytes;
    }
    if (!path.endsWith(`${name}/Chart.yaml`)) continue;
    const folder = posix.dirname(path);
    const files = await readBytesBelow(side, folder);
    const own = chartFile(files);
    if (own["name"] === name && isSameVersion(String(own["version"]), version)) return files;
  }
  const what = `chart ${name} ${version} of ${url}`;
  if (pull === undefined)
    throw new Error(`there is no copy of ${what} here, and nothing is fetched`);
  return pull(address).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${what} could not be had: ${why}`, { cause: error });
  });
}

function packagedName(entry: string) {
  // What `helm package` writes: the version begins at the first number after a hyphen.
  const [, name, version] = /^(.+?)-(v?\d+\.\d[^/]*)\.tgz$/.exec(entry) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version };
}

function dependenciesIn(files: ChartFiles) {
  const locked = mappings(documentIn(files, "Chart.lock")["dependencies"]);
  return mappings(chartFile(files)["dependencies"]).map((each) => {
    const name = String(each["name"]);
    const lock = locked.find((one) => one["name"] === each["name"]);
    const version = textOf(lock?.["version"] ?? each["version"] ?? "*");
    const { repository } = each;
    const from = typeof repository === "string" ? repository.replace(/\/+$/, "") : "";
    return { name, version, repository: from };
  });
}

function chartFile(files: ChartFiles): Readonly<Record<string, unknown>> {
  return documentIn(files, "Chart.yaml");
}

function documentIn(files: ChartFiles, name: string): Readonly<Record<string, unknown>> {
  const bytes = files.get(name);
  if (bytes === undefined) return {};
  const { documents } = parseYaml(Buffer.from(bytes).toString("utf8"), name);
  const value = documents[0]?.value;
  return isRecord(value) ? value : {};
}
