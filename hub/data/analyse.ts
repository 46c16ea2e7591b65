import type { PairedNamespaces } from "../../core/diff/pair-namespaces.ts";
import type { Builds } from "../../core/diff/tree/builds.ts";
import type { TreesComparison } from "../../core/diff/tree/compare-trees.ts";
import type { SideFile } from "../../core/diff/tree/side-file.ts";

export type TwoSides = {
  readonly before: readonly SideFile[];
  readonly after: readonly SideFile[];
};

/** The sides, and what Flux' own code made of them, once it was asked. */
export type Analysed = TwoSides & { readonly builds?: Builds };

/** What a change of manifests means, before anybody looks at how it is shown. */
export type Analysis = TreesComparison & {
  /** Of environments side by side: what stands in another namespace, compared all the same. */
  readonly namespaces?: readonly PairedNamespaces[];
};
