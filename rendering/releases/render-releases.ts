import {
  type ChartRelease,
  chartReleases,
  type ReleaseObject,
  releaseInputs,
} from "../../core/charts/chart-release.ts";
import type { RenderedRelease } from "../../core/charts/rendered-release.ts";
import { valueAt } from "../../core/diff/values.ts";
import { identityKey, identityOf, type KubernetesObject } from "../../core/manifests/identity.ts";
import { toYaml } from "../../core/manifests/kubernetes-yaml.ts";
import { sha256 } from "../../clients/sha256.ts";
import { readAskedOfCluster } from "./asked-of-cluster.ts";
import { type ChartFiles, findChart } from "./find-chart.ts";
import { type HelmTool, reasonOf } from "./helm-tool.ts";
import type { PullChart } from "./pull-chart.ts";
import { renderRelease, type RenderSettings } from "./render-release.ts";
import type { SideBytes } from "../../core/charts/side-bytes.ts";

/** One side of a change, as it is applied to one cluster. */
export type ReleaseSide = {
  readonly objects: readonly ReleaseObject[];
  readonly bytes: SideBytes;
};

export type ReleaseDeps = {
  /** Undefined where there is none: then each changed release says so. */
  readonly helm: HelmTool | undefined;
  readonly kube: RenderSettings["kube"];
  readonly pull?: PullChart | undefined;
  /** GitRepositories that bring this repository; empty: nothing tells. */
  readonly ownSources: ReadonlySet<string>;
  /** Ms of a clock that only goes forward. */
  readonly now: () => number;
};

const notBuilt = "a kustomization makes something else of it, which was not built";
/** What takes longer together is left out by name: somebody waits for the answer. */
const longestMs = 5 * 60_000;

/** Renders the charts of all releases that a change touches, on both sides. */
export async function renderReleases(
  { before, after }: { readonly before: ReleaseSide; readonly after: ReleaseSide },
  deps: ReleaseDeps,
): Promise<readonly RenderedRelease[]> {
  const [old, next] = [releasesOf(before, deps), releasesOf(after, deps)];
  const began = deps.now();
  const rendered: RenderedRelease[] = [];
  for (const key of new Set([...old.keys(), ...next.keys()])) {
    const pair = { before: old.get(key), after: next.get(key) };
    const sides = { before, after };
    const isLate = deps.now() - began > longestMs;
    const one = await renderPair(pair, { sides, deps, isLate });
    if (one !== undefined) rendered.push(one);
  }
  return rendered;
}

function releasesOf({ objects, bytes }: ReleaseSide, { ownSources }: ReleaseDeps) {
  const isChart = (path: string) => bytes.ids.has(`${path}/Chart.yaml`);
  const found = chartReleases(objects, { isChart, ownSources });
  return new Map(found.map((release) => [release.key, release]));
}

type Pair = { readonly before: ChartRelease | undefined; readonly after: ChartRelease | undefined };
type Around = {
  readonly sides: { readonly before: ReleaseSide; readonly after: ReleaseSide };
  readonly deps: ReleaseDeps;
  readonly isLate: boolean;
};

async function renderPair(
  pair: Pair,
  { sides, deps, isLate }: Around,
): Promise<RenderedRelease | undefined> {
  const { before, after } = pair;
  const some = after ?? before;
  if (some === undefined) return undefined;
  const isSame = before && after && releaseInputs(before) === releaseInputs(after);
  // A version of a repository stays what it is; a folder has what the commit holds.
  if (isSame && some.origin.kind !== "folder") return undefined;
  const chart = (side: "before" | "after") =>
    pair[side] && findChartOf(pair[side], { side: sides[side].bytes, pull: deps.pull });
  const [old, next] = [await chart("before"), await chart("after")];
  if (isSame && old?.digest === next?.digest) return undefined;
  const asked = await readAskedOfCluster([old?.files, next?.files]);
  const said = {
    identity: some.identity,
    file: some.file,
    notKnown: [...new Set([...(before?.notKnown ?? []), ...(after?.notKnown ?? []), ...asked])],
    uses: [...new Set([before, old, after, next].flatMap((one) => one?.uses ?? []))],
  };
  const none = { ...said, before: [], after: [], random: [] };
  if (isLate) return { ...none, failure: "there was no time left for it" };
  const unbuilt = pair.before?.isUnbuilt === true || pair.after?.isUnbuilt === true;
  const why = unbuilt ? notBuilt : (old?.failure ?? next?.failure);
  if (why !== undefined) return { ...none, failure: why };
  const { helm } = deps;
  if (helm === undefined) return { ...none, failure: "there is no helm on PATH" };
  const apiVersions = versionsIn(sides.after.objects);
  const render = (release: ChartRelease | undefined, files: ChartFiles | undefined, day = false) =>
    release === undefined || files === undefined
      ? []
      : renderRelease(release, files, {
          run: day ? helm.runAnotherDay : helm.run,
          scratch: helm.scratch,
          ...{ kube: deps.kube, apiVersions, isUpgrade: before !== undefined },
          crds: appliesDefinitions(pair),
        });
  let was: readonly KubernetesObject[];
  try {
    was = await render(before, old?.files);
  } catch (error) {
    return { ...none, failure: `before the change: ${reasonOf(error)}` };
  }
  try {
    const is = await render(after, next?.files);
    const again = was.length === 0 ? is : await render(after, next?.files, true);
    return { ...said, ...differences({ was, is, again }) };
  } catch (error) {
    return {
      ...none,
      failure: reasonOf(error),
      ...(said.notKnown.length > 0 ? {} : { refused: true }),
    };
  }
}

type FoundChart = {
  readonly files?: ChartFiles;
  readonly digest: string;
  /** Keys of the charts in the repository that it is made of. */
  readonly uses: readonly string[];
  readonly failure?: string;
};

async function findChartOf(
  { origin }: ChartRelease,
  where: Omit<Parameters<typeof findChart>[1], "onFolder">,
): Promise<FoundChart> {
  const uses: string[] = [];
  if (origin.kind === "unknown") return { digest: origin.why, failure: origin.why, uses };
  try {
    const onFolder = (path: string) => uses.push(`Chart/${path}`);
    const files = await findChart(origin, { ...where, onFolder });
    const parts = [...files].map(([path, bytes]) => [path, sha256(bytes)]).sort();
    return { files, digest: sha256(JSON.stringify(parts)), uses };
  } catch (error) {
    const failure = reasonOf(error);
    return { digest: failure, failure, uses };
  }
}

// Definitions in a chart's `crds` folder are installed once, and updated only where that is asked for.
function appliesDefinitions({ before, after }: Pair): boolean {
  const policy = (release: ChartRelease | undefined, action: string) =>
    valueAt(release?.object, `spec.${action}.crds`);
  if (after === undefined) return false;
  if (before === undefined) return policy(after, "install") !== "Skip";
  return policy(after, "upgrade") === "CreateReplace";
}

function differences(of: {
  readonly was: readonly KubernetesObject[];
  readonly is: readonly KubernetesObject[];
  readonly again: readonly KubernetesObject[];
}): Pick<RenderedRelease, "before" | "after" | "random"> {
  const [was, is, again] = [textsOf(of.was), textsOf(of.is), textsOf(of.again)];
  const random = [...is.keys()].filter((key) => was.has(key) && is.get(key) !== again.get(key));
  const differs = (object: KubernetesObject) => {
    const key = identityKey(identityOf(object));
    return !random.includes(key) && was.get(key) !== is.get(key);
  };
  return { before: of.was.filter(differs), after: of.is.filter(differs), random };
}

function textsOf(objects: readonly KubernetesObject[]): ReadonlyMap<string, string> {
  return new Map(objects.map((object) => [identityKey(identityOf(object)), toYaml(object)]));
}

/** What the repository itself uses is served: `monitoring.coreos.com/v1`, and with its kind. */
function versionsIn(objects: readonly ReleaseObject[]): readonly string[] {
  const found = objects.flatMap(({ object: { apiVersion, kind } }) =>
    /^[\w.-]+\/\w+$/.test(apiVersion) && /^\w+$/.test(kind)
      ? [apiVersion, `${apiVersion}/${kind}`]
      : [],
  );
  return [...new Set(found)].sort().slice(0, 400);
}
