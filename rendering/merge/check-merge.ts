import type { Kube } from "../../kube/kube.ts";
import {
  type CommitFiles,
  type FluxRoot,
  fluxRoots,
  isBelow,
} from "../../core/merge/flux-roots.ts";
import {
  type AppliedObject,
  duplicateFindings,
  type MergeFinding,
} from "../../core/merge/merge-finding.ts";
import type { RepositoryAddress } from "../../core/azure-devops/urls.ts";
import type { RenderedRelease } from "../../core/charts/rendered-release.ts";
import { textOf, valueAt } from "../../core/diff/values.ts";
import { goesWithAll, prunes } from "../../core/flux/garbage-collection.ts";
import { lostDefinitions } from "../../core/merge/definitions.ts";
import { missingFolders } from "../../core/merge/missing-folders.ts";
import { reachOf } from "../../core/merge/reached-files.ts";
import { existingObjects } from "../../core/render/existing-objects.ts";
import { buildAll } from "./build-all.ts";
import type { BuiltRoot, Commit } from "./build-root.ts";
import { changedElsewhere, unreachedReleases } from "./unreached.ts";
import { judgeCharts } from "./judge-charts.ts";
import { judgeObjects } from "./judge-objects.ts";

export type MergeCheck = {
  readonly findings: readonly MergeFinding[];
  /** What nobody looked at, in words; a merge without findings may still fail by it. */
  readonly notChecked: readonly string[];
  /** The paths that were built, and where they are known from. */
  readonly roots: readonly string[];
  readonly from: string;
  readonly objects: number;
  /** What the charts of changed releases render on both sides. */
  readonly releases: readonly RenderedRelease[];
  /** What that changes, a line for each release. */
  readonly chartChanges: readonly string[];
  /** Where an earlier run's verdict stands: in words, which. */
  readonly asBefore?: string;
};

/** Renders the charts of the releases that differ between two states of one cluster. */
export type RenderCharts = (of: {
  readonly before: readonly AppliedObject[];
  readonly after: readonly AppliedObject[];
  readonly ownSources: ReadonlySet<string>;
}) => Promise<readonly RenderedRelease[]>;

type Merge = {
  readonly before: CommitFiles;
  readonly after: CommitFiles;
  readonly changed: readonly string[];
  readonly kube: Kube;
  readonly renderCharts?: RenderCharts;
  /** Whose files these are, where that is known. */
  readonly repository?: RepositoryAddress;
};

/**
 * What a merge would do: every path of Flux that it touches is built before and after by Flux's own
 * code, what changes is judged by the API server's own, and an object that two files bring to one
 * cluster is found.
 */
export async function checkMerge(merge: Merge): Promise<MergeCheck> {
  const { before, after, changed, kube, renderCharts } = merge;
  const flux = fluxRoots(after, merge.repository);
  const fluxBefore = fluxRoots(before, merge.repository);
  const { roots, from, elsewhere } = flux;
  const touched = touchedRoots(roots, { files: after, changed });
  // Whose Kustomization goes, or its folder: Flux deletes what it applied, or fails.
  const gone = fluxBefore.roots.filter((one) => !roots.some((root) => isSameRoot(root, one)));
  const missing = missingFolders(flux, { before: fluxBefore, changed });
  const clusters = new Set([...touched, ...gone].map(({ cluster }) => cluster));
  const findings: MergeFinding[] = missing.map(({ finding }) => finding);
  const unknown = elsewhere.filter((one) => !missing.some(({ of }) => of === one));
  const notChecked: string[] = [...changedElsewhere(unknown, changed)];
  const releases: RenderedRelease[] = [];
  const chartChanges: string[] = [];
  let objects = 0;
  const [next, old] = [commitOf(after), commitOf(before)];
  for (const cluster of clusters) {
    const beside = roots.filter((root) => root.cluster === cluster);
    const now = await buildAll(beside, next, kube);
    const was = await buildAll(beside, old, kube);
    for (const [at, built] of now.entries()) {
      const root = beside[at];
      if (root === undefined) continue;
      // Another one may read what changes from what this one applies: variables of a ConfigMap, say.
      if (!touched.includes(root) && sameEnd(built, was[at])) continue;
      findings.push(...buildFindings(root, { built, was: was[at], after }));
      notChecked.push(...built.notChecked);
      findings.push(...(built.emptied ?? []));
      objects += built.objects.length;
    }
    const all = now.flatMap((built) => built.objects);
    const removed = gone.filter((root) => root.cluster === cluster && isDeleted(root, beside));
    const deleted = (await buildAll(removed, old, kube)).flatMap((built) => built.objects);
    const earlier = was.flatMap((built) => built.objects);
    const ownSources = new Set(beside.flatMap(sourceOf));
    const rendered = (await renderCharts?.({ before: earlier, after: all, ownSources })) ?? [];
    const charts = await judgeCharts(rendered, { files: after, kube, beside: all });
    releases.push(...rendered);
    chartChanges.push(...charts.changes);
    const charted = rendered.flatMap((one) => objectsOf(one, "after"));
    findings.push(
      ...duplicateFindings(
        [...all, ...charted],
        [...earlier, ...rendered.flatMap((one) => objectsOf(one, "before"))],
      ),
    );
    findings.push(
      ...lostDefinitions({
        before: [
          ...was.flatMap((one, at) => (isPruned(beside[at]) ? one.objects : [])),
          ...deleted,
        ],
        after: [...all, ...charted],
      }),
    );
    const judged = await judgeObjects({ after: all, before: earlier, files: after, kube });
    findings.push(...judged.findings, ...charts.findings);
    notChecked.push(...judged.notChecked, ...charts.notChecked);
  }
  notChecked.push(...unreachedReleases(next.placed(), { changed, roots }));
  return {
    findings: onceEach(findings),
    notChecked: [...new Set(notChecked)],
    roots: touched.map(({ name, path }) => (name === path ? path : `${name} (${path})`)),
    from,
    objects,
    releases,
    chartChanges,
  };
}

function objectsOf(release: RenderedRelease, side: "before" | "after"): readonly AppliedObject[] {
  return release[side].map((object) => ({ object, file: release.file }));
}

// A Flux Kustomization that builds from these files names the source that brings them.
function sourceOf({ kustomization }: FluxRoot): readonly string[] {
  const namespace =
    valueAt(kustomization, "spec.sourceRef.namespace") ??
    valueAt(kustomization, "metadata.namespace");
  const name = valueAt(kustomization, "spec.sourceRef.name");
  return typeof name === "string" ? [`${textOf(namespace ?? "")}/${name}`] : [];
}

/** Those whose builds read a changed file. */
function touchedRoots(
  roots: readonly FluxRoot[],
  { files, changed }: { readonly files: CommitFiles; readonly changed: readonly string[] },
): readonly FluxRoot[] {
  const reaches = roots.map((root) => reachOf(root, files));
  // What no build seems to read may be a base of any of them.
  const isLoose = changed.some((file) => !reaches.some((reach) => reach(file)));
  return roots.filter((_, at) => isLoose || changed.some((file) => reaches[at]?.(file)));
}

function sameEnd(built: BuiltRoot, was: BuiltRoot | undefined): boolean {
  const { failure, emptied = [] } = built;
  return failure === was?.failure && emptied.length <= (was?.emptied?.length ?? 0);
}

// What Flux does not delete stays in the cluster.
function isPruned(root: FluxRoot | undefined): boolean {
  return root?.kustomization === undefined || prunes(root.kustomization);
}

function isDeleted(root: FluxRoot, beside: readonly FluxRoot[]): boolean {
  const isMoved = beside.some(({ name }) => name === root.name);
  if (isMoved || root.kustomization === undefined) return isPruned(root);
  return goesWithAll(root.kustomization);
}

function isSameRoot(one: FluxRoot, other: FluxRoot): boolean {
  const { cluster, name, path } = one;
  return cluster === other.cluster && name === other.name && path === other.path;
}

function commitOf(files: CommitFiles): Commit {
  let known: ReturnType<Commit["placed"]> | undefined;
  const read = () =>
    existingObjects([...files].map(([path, text]) => ({ path, text }))).map(
      ({ path: file, object }) => ({ object, file }),
    );
  return { files, placed: () => (known ??= read()) };
}

function buildFindings(
  root: FluxRoot,
  state: {
    readonly built: BuiltRoot;
    readonly was: BuiltRoot | undefined;
    readonly after: CommitFiles;
  },
): readonly MergeFinding[] {
  const { built, was, after } = state;
  if (built.failure === undefined) return [];
  const severity = was?.failure === built.failure ? ("warning" as const) : ("error" as const);
  const message = `Flux cannot build ${root.name}: ${built.failure}`;
  const own = duplicateFindings(plainObjects(root, after), []);
  const file = own[0]?.file ?? built.failureFile;
  return [
    { severity, message, ...(file === undefined ? {} : { file }) },
    ...own.map((each) => ({ ...each, severity })),
  ];
}

/** What the files of a folder hold, read as they lie there. */
function plainObjects({ path }: FluxRoot, files: CommitFiles): readonly AppliedObject[] {
  const inside = [...files]
    .filter(([file]) => isBelow(file, path))
    .map(([file, text]) => ({ path: file, text }));
  return existingObjects(inside).map(({ path: file, object }) => ({ object, file }));
}

function onceEach(findings: readonly MergeFinding[]): readonly MergeFinding[] {
  return [...new Map(findings.map((each) => [JSON.stringify(each), each])).values()];
}
