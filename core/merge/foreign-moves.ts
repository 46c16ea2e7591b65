import type { RepositoryAddress } from "../azure-devops/urls.ts";
import { type CommitFiles, type FluxRoot, fluxRoots, isBelow } from "./flux-roots.ts";
import { reachOf } from "./reached-files.ts";
import { isKustomizationPath } from "../manifests/kustomization-file.ts";

/** A verdict on a pull request, and how its target looked then and looks now. */
export type EarlierVerdict = {
  /** Files of the merge then and now. */
  readonly then: CommitFiles;
  readonly now: CommitFiles;
  /** What the pull request changes. */
  readonly changed: readonly string[];
  /** What of the target differs between then and now. */
  readonly moved: readonly string[];
  /** Whose merge it is, where that is known. */
  readonly repository?: RepositoryAddress | undefined;
};

/**
 * Why a verdict must be made anew although the pull request is the same; undefined where what
 * moved on the target since cannot touch it: it lies in paths of other clusters alone, and Flux
 * applies the same paths as then.
 */
export function reasonToJudgeAnew(verdict: EarlierVerdict): string | undefined {
  const { then, now, changed, moved, repository } = verdict;
  const [was, is] = [fluxRoots(then, repository), fluxRoots(now, repository)];
  if (JSON.stringify(was) !== JSON.stringify(is)) {
    return "what Flux applies is not the same";
  }
  const loose = [...changed, ...moved].find((file) => rootsOf(is.roots, file).length === 0);
  // It may be a base of any of them.
  if (loose !== undefined) return `${loose} lies in no path that Flux applies`;
  // What one cluster applies may be another's base.
  const own = new Set(
    is.roots
      .map((root) => ({ ...root, reach: reachOf(root, now) }))
      .flatMap(({ cluster, reach }) => (changed.some(reach) ? [cluster] : [])),
  );
  const shared = moved.find((file) =>
    rootsOf(is.roots, file).some(({ cluster }) => own.has(cluster)),
  );
  if (shared !== undefined) return `${shared} is applied beside what it changes`;
  const chart = [...now].find(
    ([file, text]) =>
      text.includes("helm.toolkit.fluxcd.io/") &&
      rootsOf(is.roots, file).some(({ cluster }) => own.has(cluster)),
  );
  // What charts render is attached for the review of exactly these commits.
  if (chart !== undefined) return `${chart[0]} is a chart's release`;
  const based = is.roots.find(({ cluster, path }) => own.has(cluster) && leavesIt(now, path));
  return based && `${based.name} is built of what lies outside of it`;
}

function rootsOf(roots: readonly FluxRoot[], file: string): readonly FluxRoot[] {
  return roots.filter(({ path }) => isBelow(file, path));
}

// A kustomization that names anything above itself may have its base in a path that moved.
function leavesIt(files: CommitFiles, path: string): boolean {
  return [...files].some(
    ([file, text]) =>
      isBelow(file, path) &&
      isKustomizationPath(file) &&
      /(^|[\s"'[,:-])\.\.(\/|["'\s,\]]|$)/m.test(text),
  );
}
