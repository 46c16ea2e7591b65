import { compareTrees, type TreesComparison } from "../../core/diff/tree/compare-trees.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";

export type TwoSides = {
  readonly before: readonly SideFile[];
  readonly after: readonly SideFile[];
};

/** What a change of manifests means, before anybody looks at how it is shown. */
export type Analysis = TreesComparison;

export function analyse({ before, after }: TwoSides): Analysis {
  return compareTrees(before, after);
}
