import type { RenderedRelease } from "../../core/charts/rendered-release.ts";
import { imageChanges } from "../../core/diff/image-changes.ts";
import { pairNamespaces, type PairedNamespaces } from "../../core/diff/pair-namespaces.ts";
import type { ManifestFile } from "../../core/diff/read-objects.ts";
import { compareTrees, type TreesComparison } from "../../core/diff/tree/compare-trees.ts";
import type { Builds } from "../../core/diff/tree/builds.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";

export type TwoSides = {
  readonly before: readonly SideFile[];
  readonly after: readonly SideFile[];
};

/** The sides, and what Flux' own code made of them, once it was asked. */
export type Analysed = TwoSides & {
  readonly builds?: Builds;
  /** Two environments side by side, not a change of one. */
  readonly isSideBySide?: boolean;
};

/** What a change of manifests means, before anybody looks at how it is shown. */
export type Analysis = TreesComparison & {
  /** Of environments side by side: what stands in another namespace, compared all the same. */
  readonly namespaces?: readonly PairedNamespaces[];
};

/** A comparison, and what charts of changed releases render. */
export type WithCharts = {
  readonly analysis: Analysis;
  readonly releases: readonly RenderedRelease[];
};

/** Two sides of files as they lie there, without what Flux makes of them. */
export type PlainSides = {
  readonly plain: readonly [before: readonly ManifestFile[], after: readonly ManifestFile[]];
};

export function analyse({ before, after, builds, isSideBySide }: Analysed): Analysis {
  const found = compareTrees(before, after, builds);
  if (isSideBySide !== true) return found;
  const { objects, namespaces } = pairNamespaces(found.objects);
  return { ...found, objects, namespaces, images: imageChanges(objects) };
}
