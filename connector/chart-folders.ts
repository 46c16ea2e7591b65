// Charts that lie in the manifests repository: their files stand where no Kustomization builds, and a
// release of the environment takes them all the same.
import { posix } from "node:path";
import {
  type ChartFolders,
  localDependencies,
  unknownFolders,
} from "../core/charts/local-dependencies.ts";
import { HttpError } from "../core/errors.ts";
import { findFlux, withNested } from "../core/flux/flux-index.ts";
import type { FluxApplier, FluxObject } from "../core/flux/flux-object.ts";
import { sourceBinding } from "../core/flux/source-binding.ts";
import { isOfAnother } from "../core/gate/environment-members.ts";
import { chartOf } from "../core/gate/git-chart.ts";
import type { ManifestsRepository } from "./manifests-repository.ts";

export type EnvironmentCharts = {
  /** By the chart's folder: what it packs of others. */
  readonly charts: Readonly<Record<string, ChartFolders>>;
  /** Folder or file → the clusters whose releases take it. */
  readonly places: ReadonlyMap<string, readonly string[]>;
};

/** What of Flux an environment has in one of its clusters. */
export type EnvironmentCluster = {
  readonly name: string;
  readonly flux: readonly FluxObject[];
  readonly members: readonly FluxApplier[];
};

type Reader = Pick<ManifestsRepository, "addresses" | "blobs" | "config" | "tree">;

/** The charts of this repository and branch that releases of the environment take. */
export async function readEnvironmentCharts(
  clusters: readonly EnvironmentCluster[],
  of: { readonly environment: string; readonly repository: Reader; readonly commit: string },
): Promise<EnvironmentCharts> {
  const taken = clusters.flatMap((cluster) =>
    chartsIn(cluster, of).map((one) => ({ ...one, cluster: cluster.name })),
  );
  const charts = await readPacked(of.repository, of.commit, [
    ...new Set(taken.map(({ path }) => path)),
  ]);
  const places = new Map<string, string[]>();
  for (const { path, valuesFiles, cluster } of taken) {
    for (const place of [...ofChart(path), ...valuesFiles, ...(charts[path]?.folders ?? [])]) {
      const known = places.get(place) ?? [];
      places.set(place, known.includes(cluster) ? known : [...known, cluster]);
    }
  }
  return { charts, places };
}

// In the repository's root other folders are somebody else's.
const ofRoot = ["templates", "charts", "crds", "files", "values.yaml", "values.schema.json"];

function ofChart(path: string): readonly string[] {
  return path === "" ? ["Chart.yaml", "Chart.lock", ...ofRoot] : [path];
}

function chartsIn(
  { flux, members }: EnvironmentCluster,
  of: { readonly environment: string; readonly repository: Reader },
) {
  const { addresses, config } = of.repository;
  const binding = { repository: addresses, branch: config.branch };
  // What they bring is of the environment too.
  return withNested(flux, members).found.flatMap((release) => {
    if (release.kind !== "HelmRelease" || isOfAnother(of.environment, release)) return [];
    const from = release.chart ?? chartOf({ cluster: { flux } }, release);
    const source = from && findFlux(flux, from.source);
    if (source === undefined || !sourceBinding(source, binding).bound) return [];
    const { chart: path = "", valuesFiles = [] } = from ?? {};
    return isInside(path) ? [{ path, valuesFiles: valuesFiles.filter(isInside) }] : [];
  });
}

// Where a path out of the repository ends nobody needs to know: it is asked of nobody.
function isInside(path: string): boolean {
  return !path.split("/").includes("..");
}

const telling =
  /^(Chart\.yaml|requirements\.yaml|Chart\.lock|requirements\.lock|charts\/[^/]+\/Chart\.yaml)$/;

/** What charts pack of other folders at a commit: a listing each, and one call for all texts. */
async function readPacked(
  { tree, blobs }: Reader,
  commit: string,
  paths: readonly string[],
): Promise<Readonly<Record<string, ChartFolders>>> {
  const open = await Promise.all(
    // What is packed already takes in nothing.
    paths
      .filter((path) => !path.endsWith(".tgz"))
      .map(async (path) => ({ path, files: await filesIn(path) })),
  );
  const wanted = open.flatMap(({ files }) =>
    typeof files === "string" ? [] : files.filter(({ name }) => telling.test(name)),
  );
  const contents = wanted.length === 0 ? new Map() : await blobs(wanted.map(({ blob }) => blob));
  return Object.fromEntries(
    open.map(({ path, files }) => [
      path,
      typeof files === "string" ? unknownFolders(path, files) : packedBy(path, files, textOf),
    ]),
  );

  /** Why they are not known where there are too many to list: that holds up no other chart. */
  async function filesIn(path: string): Promise<readonly ChartFile[] | string> {
    try {
      const files = await tree(commit, path);
      return files.map((file) => ({
        name: posix.relative(`/${path}`, `/${file.path}`),
        blob: file.blob,
      }));
    } catch (error) {
      if (!(error instanceof HttpError) || error.code !== "answer-too-large") throw error;
      return `${path} could not be listed: ${error.message}`;
    }
  }

  function textOf(blob: string): string {
    const content: unknown = contents.get(blob);
    if (content instanceof Uint8Array) return new TextDecoder().decode(content);
    throw content instanceof Error ? content : new Error("it could not be read");
  }
}

type ChartFile = { readonly name: string; readonly blob: string };

function packedBy(
  path: string,
  files: readonly ChartFile[],
  textOf: (blob: string) => string,
): ChartFolders {
  const read = (...names: readonly string[]) => {
    const file = files.find(({ name }) => names.includes(name));
    return file && textOf(file.blob);
  };
  try {
    const chart = read("Chart.yaml");
    if (chart === undefined) return unknownFolders(path, `no Chart.yaml was found in ${path}`);
    return localDependencies(path, {
      chart,
      requirements: read("requirements.yaml"),
      lock: read("Chart.lock") ?? read("requirements.lock"),
      vendored: vendoredIn(files, textOf),
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return unknownFolders(path, `files of ${path} could not be read: ${why}`);
  }
}

/** Names of the charts in a chart's `charts` folder: of folders, and of what `helm package` made. */
function vendoredIn(
  files: readonly ChartFile[],
  textOf: (blob: string) => string,
): readonly string[] {
  return files.flatMap(({ name, blob }) => {
    // Helm leaves out what begins so.
    const [, entry, rest] = /^charts\/([^/_.][^/]*)(\/.*)?$/.exec(name) ?? [];
    if (entry === undefined) return [];
    if (rest === "/Chart.yaml")
      return [/^name: *["']?([^"'\s]+)/m.exec(textOf(blob))?.[1] ?? entry];
    const packed = rest === undefined ? /^(.+?)-v?\d+\.\d[^/]*\.tgz$/.exec(entry) : undefined;
    return packed?.[1] === undefined ? [] : [packed[1]];
  });
}
